-- Run once, when the server's volume is empty: a user for Siaga, and a database a service.
\set password `cat /run/secrets/database-password`
CREATE ROLE siaga LOGIN PASSWORD :'password';
CREATE DATABASE siaga_backend OWNER siaga ENCODING 'UTF8' TEMPLATE template0;
CREATE DATABASE siaga_ingestion OWNER siaga ENCODING 'UTF8' TEMPLATE template0;

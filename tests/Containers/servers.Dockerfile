# The servers' stand-ins as the official images run.
FROM stand-in-postgres:raw AS postgres
ENV PGDATA=/var/lib/postgresql/data LANG=C.UTF-8
COPY entry/postgres /usr/local/bin/docker-entrypoint.sh
VOLUME /var/lib/postgresql/data
STOPSIGNAL SIGINT
EXPOSE 5432
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["postgres"]

FROM stand-in-rabbitmq:raw AS rabbitmq
ENV HOME=/var/lib/rabbitmq LANG=C.UTF-8 RUNNING_UNDER_SYSTEMD=true PATH=/usr/lib/rabbitmq/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
COPY entry/rabbitmq /usr/local/bin/docker-entrypoint.sh
VOLUME /var/lib/rabbitmq
EXPOSE 5672
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["rabbitmq-server"]

FROM stand-in-s3:raw AS s3
COPY entry/s3 /usr/local/bin/docker-entrypoint.sh
COPY entry/mc /usr/local/bin/mc
VOLUME /data
EXPOSE 9000
ENTRYPOINT ["docker-entrypoint.sh"]

FROM stand-in-prometheus:raw AS prometheus
USER 65534:65534
WORKDIR /prometheus
VOLUME /prometheus
EXPOSE 9090
ENTRYPOINT ["/usr/bin/prometheus"]

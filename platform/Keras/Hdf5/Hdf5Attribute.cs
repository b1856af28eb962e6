namespace Siaga.Keras.Hdf5;

internal sealed record Hdf5Attribute(string Name, Datatype Type, Dataspace Space, ReadOnlyMemory<byte> Data);

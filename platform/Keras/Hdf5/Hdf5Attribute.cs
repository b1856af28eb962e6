namespace Siaga.Keras.Hdf5;

/// <summary>A named value of an object.</summary>
internal sealed record Hdf5Attribute(string Name, Datatype Type, Dataspace Space, ReadOnlyMemory<byte> Data);

using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Siaga.Messaging.RabbitMq;

namespace Siaga.Composition.Wiring;

/// <summary>The broker that carries messages between the services.</summary>
public enum BrokerKind
{
    /// <summary>A file in the data folder, for processes of one machine.</summary>
    Embedded,

    /// <summary>A RabbitMQ server, 3.10 or newer.</summary>
    RabbitMq,
}

/// <summary>Section <c>Messaging</c>.</summary>
public sealed class MessagingOptions
{
    public const string Section = "Messaging";

    /// <summary>Default <c>embedded</c>.</summary>
    public BrokerKind Broker { get; set; }

    [ValidateObjectMembers]
    public RabbitMqSettings RabbitMq { get; set; } = new();
}

/// <summary>Section <c>Messaging:RabbitMq</c>.</summary>
public sealed class RabbitMqSettings
{
    /// <summary>Such as <c>amqp://siaga@mq:5672/siaga</c>; <c>amqps</c> for TLS.</summary>
    public Uri? Url { get; set; }

    /// <summary>A file with the password, if the URL has none.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Put before the name of every queue. Default none.</summary>
    [RegularExpression("[A-Za-z0-9._-]{0,50}")]
    public string Prefix { get; set; } = "";

    /// <summary>A connection to a server that answers nothing for this long is given up and made anew. Default 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A connection that is silent for two of these intervals counts as dead. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(10);

    internal RabbitMqOptions ToOptions() => new()
    {
        Url = Url!,
        Password = SecretSetting.Read(null, PasswordFile),
        Prefix = Prefix,
        Patience = Patience,
        Heartbeat = Heartbeat,
    };
}

[OptionsValidator]
internal sealed partial class MessagingOptionsValidator : IValidateOptions<MessagingOptions>;

/// <summary>Requires the settings of the chosen broker.</summary>
internal sealed class BrokerIsNamed : IValidateOptions<MessagingOptions>
{
    public ValidateOptionsResult Validate(string? name, MessagingOptions options)
    {
        if (options.Broker != BrokerKind.RabbitMq)
            return ValidateOptionsResult.Success;
        if (options.RabbitMq.Url is not { IsAbsoluteUri: true, Scheme: "amqp" or "amqps" })
            return ValidateOptionsResult.Fail("Messaging:RabbitMq:Url must name the server, such as amqp://siaga@mq:5672/siaga.");
        return options.RabbitMq.PasswordFile is { Length: > 0 } file && !File.Exists(file)
            ? ValidateOptionsResult.Fail($"Messaging:RabbitMq:PasswordFile: there is no file {file}.")
            : ValidateOptionsResult.Success;
    }
}

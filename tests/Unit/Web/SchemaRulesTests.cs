using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using Siaga.Web;
using Siaga.Web.OpenApi;

namespace Siaga.Tests.Unit.Web;

public sealed class SchemaRulesTests
{
    [Theory]
    [InlineData(ParameterKind.Text, JsonSchemaType.String, null)]
    [InlineData(ParameterKind.Number, JsonSchemaType.Integer, "int64")]
    [InlineData(ParameterKind.Time, JsonSchemaType.String, "date-time")]
    public void A_parameter_has_the_type_of_its_kind(ParameterKind kind, JsonSchemaType type, string? format)
    {
        var schema = SchemaRules.Of(new QueryParameter("a", kind, "About."));
        Assert.Equal((type, format), (schema.Type, schema.Format));
        Assert.Null(schema.Enum);
        Assert.Null(schema.Minimum);
    }

    [Fact]
    public void A_parameter_shows_its_bounds_and_its_values()
    {
        var schema = SchemaRules.Of(new QueryParameter("a", ParameterKind.Number, "About.") { Range = (1, 200), Values = ["one", "two"] });
        Assert.Equal(("1", "200", 2), (schema.Minimum!, schema.Maximum!, schema.Enum!.Count));
    }

    [Fact]
    public void A_type_of_a_use_case_is_named_after_both()
    {
        Assert.Equal("UseCaseRequest", NameOf(typeof(UseCase.Request)));
        Assert.Equal(nameof(SchemaRulesTests), NameOf(typeof(SchemaRulesTests)));
        Assert.Null(NameOf(typeof(int)));
    }

    private static string? NameOf(Type type) =>
        SchemaNames.Of(JsonTypeInfo.CreateJsonTypeInfo(
            type, new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() }));

    private static class UseCase
    {
        public sealed record Request(int Id);
    }
}

using System.Text.Json.Serialization;
using Siaga.Messages.Api;

namespace Siaga.App.Dashboard.Api;

/// <summary>
/// JSON of the API's records that the pages send and read: snake_case, nulls left out. Generated at compile time, because the page is
/// published trimmed; metadata alone, because code that writes each record faster would be part of the first load.
/// </summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(AcceptInvitationRequest))]
[JsonSerializable(typeof(AcknowledgeAnomalyRequest))]
[JsonSerializable(typeof(AnomalyChange))]
[JsonSerializable(typeof(AskForPlayableResponse))]
[JsonSerializable(typeof(ChangeCameraRequest))]
[JsonSerializable(typeof(ChangePasswordRequest))]
[JsonSerializable(typeof(ChangeUserRequest))]
[JsonSerializable(typeof(CreateCameraRequest))]
[JsonSerializable(typeof(CreateCameraResponse))]
[JsonSerializable(typeof(CreateCompanyRequest))]
[JsonSerializable(typeof(CreateCompanyResponse))]
[JsonSerializable(typeof(InviteSuperadminRequest))]
[JsonSerializable(typeof(InviteSuperadminResponse))]
[JsonSerializable(typeof(List<AnomalyItem>))]
[JsonSerializable(typeof(List<InviteSuperadminItem>))]
[JsonSerializable(typeof(List<ListAnalysesItem>))]
[JsonSerializable(typeof(List<ListAuditItem>))]
[JsonSerializable(typeof(List<ListCameraKeysItem>))]
[JsonSerializable(typeof(List<ListCamerasItem>))]
[JsonSerializable(typeof(List<ListCompaniesItem>))]
[JsonSerializable(typeof(List<ListDeadLettersItem>))]
[JsonSerializable(typeof(List<ListQueuesItem>))]
[JsonSerializable(typeof(List<ListUsersItem>))]
[JsonSerializable(typeof(List<ListWorkersItem>))]
[JsonSerializable(typeof(List<MeasureLatencyPoint>))]
[JsonSerializable(typeof(ListRecordingsResponse))]
[JsonSerializable(typeof(LogInRequest))]
[JsonSerializable(typeof(LogInResponse))]
[JsonSerializable(typeof(MakeCameraKeyResponse))]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(RegisterUserRequest))]
[JsonSerializable(typeof(RegisterUserResponse))]
[JsonSerializable(typeof(RenameCompanyRequest))]
[JsonSerializable(typeof(ReopenAnomalyRequest))]
[JsonSerializable(typeof(ReplayDeadLetterResponse))]
[JsonSerializable(typeof(ReportHealthResponse))]
[JsonSerializable(typeof(ResolveAnomalyRequest))]
[JsonSerializable(typeof(ShowDayResponse))]
[JsonSerializable(typeof(ShowRecordedClipResponse))]
[JsonSerializable(typeof(TokenClaims))]
internal sealed partial class ApiJson : JsonSerializerContext;

using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Cameras;
using Siaga.App.Dashboard.Companies;
using Siaga.App.Dashboard.Localization;
using Siaga.App.Dashboard.Parts;
using Siaga.Messages.Api;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Dashboard;

/// <summary>Where a form shows what was refused, and what becomes of what was typed.</summary>
public sealed class FormProblemsTests
{
    private static readonly Localizer s_english = FakeScripts.Localizer(Language.English);

    private readonly FormProblems _form = new(s_english);

    [Fact]
    public void A_problem_is_shown_at_its_field_if_the_form_shows_that()
    {
        _form.Has("name");
        _form.Say(new Problem(400, "name_empty", "'name' must not be empty."));
        Assert.True(_form.Has("name"));
        Assert.Null(_form.Whole);
        _form.Clear();
        _form.Say(new Problem(400, "email_invalid", "No."));
        Assert.Equal((false, true), (_form.Has("name"), _form.HasAny));
        Assert.NotNull(_form.Whole);
    }

    [Fact]
    public void The_field_that_the_answer_names_is_before_the_code_s()
    {
        _form.Has("name");
        _form.Has("location");
        _form.Say(new Problem(400, "name_empty", "'location' must not be empty.") { Field = "location" });
        Assert.Equal((false, true), (_form.Has("name"), _form.Has("location")));
    }

    [Fact]
    public void A_code_without_a_text_is_told_in_the_server_s_words() =>
        Assert.Equal("It is odd.", s_english.Tell(new Problem(400, "odd", "It is odd.")));

    [Fact]
    public void A_code_with_a_text_is_told_in_the_reader_s_language()
    {
        Assert.Equal(
            s_english[FieldProblems.WordsOf("name_empty")!], s_english.Tell(new Problem(400, "name_empty", "'name' must not be empty.")));
        Assert.NotEqual("Not found", s_english.Tell(new Problem(404, "camera_not_found", "Not found")));
    }

    [Fact]
    public void What_a_colleague_changed_is_stale_until_it_is_read_again()
    {
        _form.Say(Problem.ChangedMeanwhile);
        Assert.True(_form.IsStale);
        _form.Clear();
        Assert.Equal((false, false), (_form.IsStale, _form.HasAny));
    }

    [Fact]
    public async Task A_form_is_busy_while_its_call_runs_and_forgets_what_was_said_before()
    {
        _form.Say(Problem.Offline);
        var busy = false;
        var answer = await _form.RunAsync(() =>
        {
            busy = _form.IsBusy && !_form.HasAny;
            return Task.FromResult(new Answer<int>(0, Problem.Offline));
        });
        Assert.Equal((true, false, true), (busy, _form.IsBusy, _form.HasAny));
        Assert.Same(Problem.Offline, answer.Problem);
        await Assert.ThrowsAsync<IOException>(() => _form.RunAsync<int>(() => throw new IOException()));
        Assert.False(_form.IsBusy);
    }

    [Theory]
    [InlineData("a", "a", "b", "b")]
    [InlineData("c", "a", "b", "c")]
    [InlineData("a", "a", "a", "a")]
    public void After_a_reload_what_was_typed_is_kept(string typed, string before, string now, string kept) =>
        Assert.Equal(kept, FormProblems.Keep(typed, before, now));

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData(" 1,5 ", 1.5)]
    [InlineData("0", 0.0)]
    [InlineData("", null)]
    [InlineData("one", null)]
    [InlineData("1.000,5", null)]
    [InlineData("NaN", null)]
    [InlineData("Infinity", null)]
    public void A_number_is_typed_with_a_point_or_a_comma(string typed, double? read)
    {
        var fields = new CameraFields { FalseAlarmsADay = typed };
        Assert.Equal(read, fields.Read(_form)?.FalseAlarmsADay);
        Assert.Equal(read is null, _form.Has("false_alarms_a_day"));
        Assert.Equal(read, fields.ReadNew(_form)?.FalseAlarmsADay);
        Assert.Equal(read is null, _form.Has("false_alarms_a_day"));
    }

    [Theory]
    [InlineData("", "", null, null)]
    [InlineData("7", "gate", 7L, "gate")]
    public void What_was_not_chosen_is_not_sent(string company, string streamKey, long? id, string? key)
    {
        var fields = new CameraFields { Company = company, StreamKey = streamKey, TimeZone = " UTC " };
        var (made, changed) = (fields.ReadNew(_form)!, fields.Read(_form)!);
        Assert.Equal((id, "UTC"), (made.CompanyId, made.TimeZone!));
        Assert.Equal((key, "UTC"), (changed.StreamKey, changed.TimeZone!));
    }

    [Fact]
    public void Each_field_keeps_what_was_typed_and_takes_what_a_colleague_changed()
    {
        var camera = FakeDesk.Camera(9, "Gate") with { FalseAlarmsADay = 1.5, StreamKey = "gate" };
        var formats = new Formats(s_english);
        var (before, typed) = (CameraFields.Of(camera, formats), CameraFields.Of(camera, formats));
        typed.Name = "Front gate";
        typed.Rebase(before, CameraFields.Of(camera with { Name = "Main gate", Location = "East", FalseAlarmsADay = 2 }, formats));
        Assert.Equal(("Front gate", "East", "2"), (typed.Name, typed.Location, typed.FalseAlarmsADay));
        Assert.Equal(("gate", "UTC"), (typed.StreamKey, typed.TimeZone));
    }

    [Fact]
    public void Cameras_that_need_attention_are_first_and_each_state_has_its_own_look()
    {
        CameraState[] states = [CameraState.Silent, CameraState.Late, CameraState.New, CameraState.Delivering];
        var cameras = states.Select(s => FakeDesk.Camera(9, "Gate") with { State = s }).ToList();
        Assert.Equal([0, 1, 2, 3], cameras.Select(CameraStates.OrderOf));
        cameras.Add(cameras[0] with { ArchivedAt = FakeDesk.Now });
        Assert.Equal(5, cameras.Select(CameraStates.Word).Distinct().Count());
        Assert.Equal(5, cameras.Select(CameraStates.Icon).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(5, cameras.Select(CameraStates.Class).Distinct(StringComparer.Ordinal).Count());
        Assert.Null(CameraStates.Word(cameras[0] with { State = (CameraState)99 }));
    }

    [Fact]
    public void A_choice_of_companies_begins_with_none() => Assert.Equal(
        ["", "7"], CompanyChoices.Of(s_english, [new ListCompaniesItem(7, "Harbour", FakeDesk.Now, null)]).Select(c => c.Value));
}

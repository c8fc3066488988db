using System.Text.Json.Nodes;
using Aws.Deployment.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Estimate;

public sealed class EstimateCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("estimate-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [Trait("Requirement", "V8.1")]
    [Trait("Requirement", "V8.4")]
    [InlineData("text", "AWS::CloudWatch::Dashboard                           3.00         3.00         3.00")]
    [InlineData("markdown", "| AWS::CloudWatch::Dashboard | 3.00 | 3.00 | 3.00 |")]
    [InlineData("json", "\"AWS::CloudWatch::Dashboard\": {")]
    public async Task Each_format_says_what_each_type_costs(string format, string expected)
    {
        WriteTemplate("dashboard", ("One", "AWS::CloudWatch::Dashboard"));

        var run = await ToolRun.OfAsync("estimate", "--environment", "dev", "--templates", Path.Combine(_folder.FullName, "dashboard"), "--format", format);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain(expected);
        if (format == "json")
        {
            JsonNode.Parse(run.Output)!["total"]!["expected"]!.GetValue<decimal>().ShouldBe(3);
        }
    }

    [Fact]
    [Trait("Requirement", "V8.2")]
    public async Task Two_folders_are_compared()
    {
        WriteTemplate("before", ("One", "AWS::CloudWatch::Dashboard"));
        WriteTemplate("after", ("One", "AWS::CloudWatch::Dashboard"), ("Two", "AWS::KMS::Key"));

        var run = await ToolRun.OfAsync("diff", "--environment", "dev", "--before", Path.Combine(_folder.FullName, "before"), "--after", Path.Combine(_folder.FullName, "after"));

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("| + | network | Two | AWS::KMS::Key |");
        run.Output.ShouldContain("**4.00 USD a month, +1.00**");
    }

    [Fact]
    public async Task Two_environments_in_one_folder_are_told_apart_from_one()
    {
        WriteTemplate("publish/dev", ("One", "AWS::CloudWatch::Dashboard"));
        WriteTemplate("publish/prod", ("One", "AWS::CloudWatch::Dashboard"));

        var run = await ToolRun.OfAsync("estimate", "--environment", "dev", "--templates", Path.Combine(_folder.FullName, "publish"));

        run.ExitCode.ShouldBe(1, run.Output);
        run.Error.ShouldContain("holds the templates of more than one environment, such as ");
    }

    [Theory]
    [Trait("Requirement", "V8.1")]
    [InlineData(2, "--environment is 'stage'; allowed: dev, test, prod.", "--environment", "stage")]
    [InlineData(2, "--format is 'pdf'; it must be one of text, markdown, json.", "--environment", "dev", "--format", "pdf")]
    [InlineData(1, "There are no templates", "--environment", "dev", "--templates", "/nowhere")]
    [InlineData(1, "says nothing of dev; it has other.", "--environment", "dev", "--usage", "OTHER")]
    [InlineData(1, "An assumption is one number, or three", "--environment", "dev", "--usage", "TWO")]
    public async Task What_cannot_be_is_said(int exitCode, string expected, params string[] args)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "OTHER"), """{"other": {}}""".Replace("{}", UsageOfDev(), StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(_folder.FullName, "TWO"), """{"dev": {"Requests": [1, 2]}}""");

        var run = await ToolRun.OfAsync(["estimate", .. args.Select(arg => arg is "OTHER" or "TWO" ? Path.Combine(_folder.FullName, arg) : arg)]);

        run.ExitCode.ShouldBe(exitCode, run.Error);
        run.Error.ShouldContain(expected);
    }

    private static string UsageOfDev() =>
        JsonNode.Parse(File.ReadAllText(Aws.Deployment.Estimate.Usage.UsageFile.Default), documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip })!["dev"]!.ToJsonString();

    private void WriteTemplate(string folder, params (string Id, string Type)[] resources) =>
        File.WriteAllText(Path.Combine(_folder.CreateSubdirectory(folder).FullName, "network.template.json"), EstimateFixtures.Template([.. resources.Select(one => EstimateFixtures.Resource(one.Id, one.Type))]));
}

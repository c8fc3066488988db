using Aws.Deployment.Estimate;
using Aws.Deployment.Estimate.Differences;
using Aws.Deployment.Estimate.Templates;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Estimate;

public sealed class DifferenceMarkdownTests
{
    [Fact]
    [Trait("Requirement", "V8.2")]
    [Trait("Requirement", "G3.5")]
    public void A_pull_request_is_told_what_changes_and_what_it_costs()
    {
        var before = new TemplateSet([
            EstimateFixtures.Resource("Dashboard", "AWS::CloudWatch::Dashboard"),
            EstimateFixtures.Resource("Function", "AWS::Lambda::Function", """{"MemorySize": 1024, "Timeout": 300, "Handler": "run.sh"}"""),
            EstimateFixtures.Resource("Same", "AWS::KMS::Key", """{"Enabled": true}"""),
        ]);
        var after = new TemplateSet([
            EstimateFixtures.Resource("Function", "AWS::Lambda::Function", """{"MemorySize": 2048, "Handler": "run.sh"}"""),
            EstimateFixtures.Resource("Nat", "AWS::EC2::NatGateway"),
            EstimateFixtures.Resource("Same", "AWS::KMS::Key", """{"Enabled": true}"""),
        ]);

        DifferenceMarkdown.Of(TemplateDifference.Of(before, after), EstimateOf(before), EstimateOf(after)).ShouldBe("""
            ## What changes in `dev` on AWS (us-east-1)

            Expected cost: **39.24 USD a month, +32.55** (low 34.12, +29.99; high 66.23, +46.17).

            | resource type | before | after | change |
            |---|---:|---:|---:|
            | AWS::EC2::NatGateway | 0.00 | 32.89 | +32.89 |
            | AWS::CloudWatch::Dashboard | 3.00 | 0.00 | -3.00 |
            | AWS::Lambda::Function | 2.69 | 5.35 | +2.67 |

            - Prices are of 2026-11-21.
            - Not compared with AWS's price list, but written down from general knowledge: 1.00 of the expected total (key); --refresh asks for them.

            Resources: 1 added, 1 removed, 1 changed.

            | | stack | resource | type | properties |
            |---|---|---|---|---|
            | + | stack | Nat | AWS::EC2::NatGateway |  |
            | − | stack | Dashboard | AWS::CloudWatch::Dashboard |  |
            | ~ | stack | Function | AWS::Lambda::Function | MemorySize, Timeout |

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    [Trait("Requirement", "V8.2")]
    public void A_resource_of_another_type_is_one_removed_and_one_added_and_the_same_templates_do_not_differ()
    {
        var before = new TemplateSet([EstimateFixtures.Resource("One", "AWS::EC2::EIP")]);
        var after = new TemplateSet([EstimateFixtures.Resource("One", "AWS::EC2::NatGateway")]);

        TemplateDifference.Of(before, after).Select(change => (change.Kind, change.Type)).ShouldBe([(ChangeKind.Added, "AWS::EC2::NatGateway"), (ChangeKind.Removed, "AWS::EC2::EIP")]);
        TemplateDifference.Of(before, before).ShouldBeEmpty();
        DifferenceMarkdown.Of([], EstimateOf(before), EstimateOf(before)).ShouldEndWith("No resource changes.\n");
    }

    private static CostEstimate EstimateOf(TemplateSet templates) => CostEstimate.Of(templates, EstimateFixtures.Usage, EstimateFixtures.Prices, "dev", "us-east-1");
}

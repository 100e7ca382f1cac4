import { describe, expect, it } from "vitest";
import { pinsOidcSubject } from "../../engine/iam/oidc-subjects.ts";
import { later, shown, statement } from "./statement.ts";

const gitHub = "token.actions.githubusercontent.com";
const enterprise = "token.actions.githubusercontent.com/acme";
const ownGitHub = "github.acme.example/_services/token";
const gitLab = "gitlab.com";
const ownGitLab = "git.acme.example";
const bitbucket = "api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc";
const hcp = "app.terraform.io";
const ownTerraform = "tfe.acme.example";
const circle = "oidc.circleci.com/org/0b1c2d3e-0000-4000-8000-000000000001";
const buildkite = "agent.buildkite.com";
const eks = "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
const ownCluster = "s3.eu-west-1.amazonaws.com/acme-cluster-issuer";
const pool = "cognito-identity.amazonaws.com";
const spacelift = "acme.app.spacelift.io";
const other = "issuer.acme.example";
const uuid = "0b1c2d3e-0000-4000-8000-000000000002";

const pins = (host: string, claim: string, values: unknown, operator = "StringLike") =>
  shown(pinsOidcSubject(statement({ Condition: { [operator]: { [`${host}:${claim}`]: values } } })));

describe("subjects that name one repository, project or workload", () => {
  it.each<[string, string]>([
    [gitHub, "repo:acme/shop:ref:refs/heads/main"],
    [gitHub, "repo:acme/shop:*"],
    [gitHub, "repo:acme/shop:environment:production"],
    [gitHub, "repo:acme/shop:pull_request"],
    [gitHub, "repo:acme/shop.web_2:*"],
    [gitHub, "repo:acme@1234567/shop@7654321:ref:refs/heads/main"],
    [gitHub, "repo:acme@1234567/shop@7654321:*"],
    [gitHub, "repo:acme@1234567/shop@*"],
    [gitHub, "repository:acme/shop:environment:production"],
    [gitHub, "environment:production:repository:acme/shop"],
    [gitHub, "repository_owner:acme:repository:acme/shop:*"],
    [gitHub, "repository_id:7654321"],
    [gitHub, "repository_owner_id:1234567:repository_id:7654321:*"],
    [gitHub, "job_workflow_ref:acme/workflows/.github/workflows/deploy.yml@refs/heads/main"],
    [gitHub, "job_workflow_ref:acme/workflows/*"],
    [gitHub, "repo:acme/shop:job_workflow_ref:acme/workflows/.github/workflows/deploy.yml@*"],
    [gitHub, "workflow_ref:acme/shop/.github/workflows/deploy.yml@refs/heads/main"],
    [enterprise, "repo:acme/shop:*"],
    [ownGitHub, "repo:acme/shop:*"],
    ["token.actions.acme.ghe.com", "repo:acme/shop:*"],
    [gitLab, "project_path:acme/shop:ref_type:branch:ref:main"],
    [gitLab, "project_path:acme/shop:*"],
    [gitLab, "project_path:acme/payments/shop:ref_type:branch:ref:*"],
    [ownGitLab, "project_path:acme/shop:ref_type:branch:ref:main"],
    [bitbucket, "{0b1c2d3e-0000-4000-8000-000000000004}:*"],
    [bitbucket, "{0b1c2d3e-0000-4000-8000-000000000004}:{0b1c2d3e-0000-4000-8000-000000000005}:*"],
    [bitbucket, "{0b1c2d3e-0000-4000-8000-000000000004}*"],
    [hcp, "organization:acme:project:shop:workspace:prod:run_phase:*"],
    [hcp, "organization:acme:project:Default Project:workspace:prod:run_phase:apply"],
    [hcp, "organization:acme:workspace:prod:run_phase:*"],
    [hcp, "organization:acme:project:shop:stack:net:*"],
    [ownTerraform, "organization:acme:project:shop:workspace:prod:run_phase:*"],
    [circle, `org/0b1c2d3e-0000-4000-8000-000000000001/project/${uuid}/user/*`],
    [circle, `org/0b1c2d3e-0000-4000-8000-000000000001/project/${uuid}/*`],
    [circle, `/org/0b1c2d3e-0000-4000-8000-000000000001/project/${uuid}/user/*`],
    [buildkite, "organization:acme:pipeline:shop:*"],
    [buildkite, "organization:acme:pipeline:shop:ref:refs/heads/main:commit:*:step:deploy"],
    [eks, "system:serviceaccount:shop:api"],
    [eks, "system:serviceaccount:shop:*"],
    [ownCluster, "system:serviceaccount:shop:api"],
    [pool, `eu-west-1:${uuid}`],
    [spacelift, "space:root:stack:shop:run_type:*:scope:*"],
    ["accounts.google.com", "112233445566778899001"],
    ["sts.windows.net/0b1c2d3e-0000-4000-8000-000000000006", uuid],
    [other, "acme/shop"],
    [other, "acme/shop:*"],
    [other, "owner:acme:project:shop"],
    [other, "unit:acme:shop:*"],
  ])("%s %s", (host, subject) => {
    expect(pins(host, "sub", subject)).toBe(true);
    expect(pins(host, "sub", [subject], "ForAnyValue:StringLike")).toBe(true);
  });
});

describe("subjects that let more in", () => {
  it.each<[string, string]>([
    [gitHub, "*"],
    [gitHub, "repo:*"],
    [gitHub, "repo:acme/*"],
    [gitHub, "repo:acme*/shop:*"],
    [gitHub, "repo:acme/shop*"],
    [gitHub, "repo:acme/shop-?:ref:refs/heads/main"],
    [gitHub, "repo:acme/*:ref:refs/heads/main"],
    [gitHub, "repo:*/shop:ref:refs/heads/main"],
    [gitHub, "*:ref:refs/heads/main"],
    // A repository may customise its subjects, and a wildcard reaches over `/` and `:`.
    [gitHub, "repo:acme@*/shop@*:ref:refs/heads/main"],
    [gitHub, "environment:production"],
    [gitHub, "environment:production:*"],
    [gitHub, "ref:refs/heads/main"],
    [gitHub, "ref:refs/heads/*"],
    [gitHub, "workflow:deploy:ref:refs/heads/main"],
    [gitHub, "pull_request"],
    [gitHub, "repository_owner:acme"],
    [gitHub, "repository_owner:acme:repository_visibility:*"],
    [gitHub, "repository_owner:acme:repository_visibility:private"],
    [gitHub, "repository_owner_id:1234567:environment:production"],
    [gitHub, "repository_id:76*"],
    [gitHub, "job_workflow_ref:acme/*"],
    [gitHub, "*:repository:acme/shop"],
    [gitHub, "actor:somebody:event_name:push"],
    [gitHub, ""],
    [enterprise, "environment:production"],
    [ownGitHub, "repo:acme/*"],
    [gitLab, "project_path:*"],
    [gitLab, "project_path:acme/*:ref_type:branch:ref:main"],
    [gitLab, "project_path:acme/payments/*:ref_type:branch:ref:main"],
    [gitLab, "project_path:acme/shop*"],
    [gitLab, "project_path:acme:ref_type:branch:ref:main"],
    [gitLab, "namespace_path:acme:ref:main"],
    [ownGitLab, "project_path:acme/payments/*:ref_type:branch:ref:main"],
    [bitbucket, "*"],
    [bitbucket, "{*}:{0b1c2d3e-0000-4000-8000-000000000005}"],
    [bitbucket, "{0b1c2d3e-0000-4000-*}:*"],
    [hcp, "organization:acme:*"],
    [hcp, "organization:acme:project:*"],
    [hcp, "organization:acme:project:shop:*"],
    [hcp, "organization:acme:project:shop:workspace:*"],
    [hcp, "organization:acme:project:*:workspace:*:run_phase:*"],
    [hcp, "organization:*:project:shop:workspace:prod:run_phase:*"],
    [hcp, "organization:acme:project:shop:workspace:prod*"],
    [ownTerraform, "organization:acme:project:*:workspace:*:run_phase:*"],
    [circle, "org/0b1c2d3e-0000-4000-8000-000000000001/project/*/user/*"],
    [circle, "org/0b1c2d3e-0000-4000-8000-000000000001/*"],
    [circle, "org/*"],
    [buildkite, "organization:acme:pipeline:*"],
    [buildkite, "organization:acme:*"],
    [buildkite, "organization:acme:pipeline:shop-*"],
    [eks, "system:serviceaccount:*"],
    [eks, "system:serviceaccount:*:api"],
    [eks, "system:serviceaccount:shop*:api"],
    [ownCluster, "system:serviceaccount:*:api"],
    [pool, "eu-west-1:*"],
    [spacelift, "space:root:*"],
    [spacelift, "space:root:stack:*"],
    ["accounts.google.com", "*"],
    [other, "build"],
    [other, "environment:production"],
    [other, "organization:acme"],
    [other, "unit:acme:*"],
    [other, "unit:acme:project:*"],
    [other, "unit:acme:pipeline:*"],
    [other, "acme/*"],
  ])("%s %s", (host, subject) => {
    expect(pins(host, "sub", subject)).toBe(false);
    expect(pins(host, "sub", ["repo:acme/shop:*", subject])).toBe(false);
  });
});

describe("claims beside the subject", () => {
  it.each<[string, string, unknown, unknown, string]>([
    [gitHub, "repository", "acme/shop", true, "one repository"],
    [gitHub, "repository", "acme/*", false, "every repository of an organization"],
    [gitHub, "repository_id", "7654321", true, "one repository, whatever its name"],
    [gitHub, "repository_id", "*", false, "any"],
    [gitHub, "job_workflow_ref", "acme/workflows/.github/workflows/deploy.yml@refs/heads/main", true, "one workflow"],
    [gitHub, "job_workflow_ref", "acme/workflows/.github/workflows/*", true, "the workflows of one repository"],
    [gitHub, "job_workflow_ref", "acme/*", false, "the workflows of an organization"],
    [gitHub, "environment", "production", false, "any repository has one"],
    [gitHub, "ref", "refs/heads/main", false, "any repository has one"],
    [gitHub, "workflow", "deploy", false, "any repository may have one"],
    [gitHub, "repository_owner", "acme", false, "an organization"],
    [gitHub, "actor", "somebody", false, "a person"],
    [gitHub, "aud", "sts.amazonaws.com", false, "the audience is asked for beside it"],
    [gitHub, "repository", [], false, "no value"],
    [gitHub, "repository", later, "unknown", "not told"],
    [gitHub, "environment", later, false, "whatever it will be"],
    [circle, "oidc.circleci.com/project-id", uuid, true, "one project"],
    [circle, "oidc.circleci.com/project-id", "*", false, "any"],
    [circle, "oidc.circleci.com/org-id", uuid, false, "an organization"],
    [other, "repository", "acme/shop", false, "AWS STS knows no claims of other issuers"],
    [pool, "amr", "authenticated", true, "who has signed in to the pool"],
    [pool, "amr", "unauthenticated", false, "guests"],
    [pool, "amr", "*", false, "both"],
    [pool, "amr", ["authenticated", "unauthenticated"], false, "both"],
  ])("%s:%s %j: %s, %s", (host, claim, values, expected) => {
    expect(pins(host, claim, values)).toBe(expected);
  });

  it("needs one condition that pins, in an operator that wants the key", () => {
    const claims = { [`${gitHub}:repository`]: "acme/shop", [`${gitHub}:environment`]: "production" };
    expect(shown(pinsOidcSubject(statement({ Condition: { StringEquals: claims } })))).toBe(true);
    expect(pins(gitHub, "sub", "repo:acme/shop:*", "ForAllValues:StringLike")).toBe(false);
    expect(pins(gitHub, "sub", "repo:acme/shop:*", "StringLikeIfExists")).toBe(false);
    expect(pins(gitHub, "sub", "repo:acme/shop:*", "StringNotLike")).toBe(false);
    expect(shown(pinsOidcSubject(statement({})))).toBe(false);
  });
});

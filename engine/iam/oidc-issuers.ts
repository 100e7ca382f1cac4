/** Whose tokens a role trusts, and what in them names one repository, project or workload. */
export interface OidcIssuer {
  /** The host, and path, that stand before the claim in a condition key: the provider's URL without its scheme. */
  readonly hosts: RegExp;
  /**
   * By claim, the form of a value that pins. It is matched with the value up to its first wildcard, of which one `*` is
   * left: what stands behind a wildcard pins nothing, because a wildcard reaches over every separator.
   */
  readonly claims: Readonly<Record<string, RegExp>>;
  /** How its subjects begin, by which they are known on a host that a company runs itself. */
  readonly begins: RegExp | null;
}

const part = "[^:/*]+";
const end = "(?=[:/]|$)";
/** An owner and a repository; with ids since 2026: `acme@123/shop@456`. What follows the name of the repository may be open. */
const gitHubRepository = `${part}/[^:/*@]+`;
const uuid = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

/**
 * Sources: GitHub, "OpenID Connect reference" (default and customised subjects); GitLab, "Configure OpenID Connect in AWS
 * to retrieve temporary credentials"; Bitbucket, "Deploy on AWS using Bitbucket Pipelines OpenID Connect"; HCP Terraform,
 * "Workload identity tokens"; CircleCI, "OIDC tokens with custom claims"; Buildkite, "OIDC with Buildkite"; Amazon Cognito,
 * "IAM roles"; Amazon EKS, "IAM roles for service accounts"; Spacelift, "OpenID Connect"; IAM User Guide, "Keys for AWS OIDC
 * federation" (the claims beside `sub` that AWS STS compares).
 */
export const oidcIssuers: readonly OidcIssuer[] = [
  {
    hosts: /^token\.actions\.(?:githubusercontent\.com|[^/]+\.ghe\.com)(?:\/|$)|\/_services\/token$/,
    claims: {
      sub: new RegExp(
        [
          `(?:^|:)(?:repo|repository):${gitHubRepository}(?:@|${end})`,
          `(?:^|:)repository_id:\\d+${end}`,
          `(?:^|:)(?:job_)?workflow_ref:${gitHubRepository}/`,
        ].join("|"),
      ),
      repository: new RegExp(`^${gitHubRepository}$`),
      repository_id: /^\d+$/,
      job_workflow_ref: new RegExp(`^${gitHubRepository}/`),
      workflow_ref: new RegExp(`^${gitHubRepository}/`),
    },
    begins: /^(?:repo|repository|repository_id|repository_owner|job_workflow_ref|workflow_ref):/,
  },
  {
    hosts: /^gitlab\.com$/,
    // A group may hold groups, so a path that goes on is no project.
    claims: { sub: new RegExp(`^project_path:${part}(?:/${part})+(?=:|$)`) },
    begins: /^project_path:/,
  },
  {
    hosts: /^api\.bitbucket\.org\//,
    claims: { sub: new RegExp(`^\\{${uuid}\\}`) },
    begins: null,
  },
  {
    hosts: /^app\.(?:eu\.)?terraform\.io$/,
    claims: { sub: new RegExp(`^organization:${part}:(?:project:${part}:)?(?:workspace|stack):${part}${end}`) },
    begins: /^organization:[^:]*:(?:project|workspace|stack):/,
  },
  {
    hosts: /^oidc\.circleci\.com\//,
    claims: { sub: new RegExp(`^/?org/${part}/project/${part}${end}`), "project-id": new RegExp(`^${uuid}$`) },
    begins: /^\/?org\/[^/]*\/project\//,
  },
  {
    hosts: /^agent\.buildkite\.com$/,
    claims: { sub: new RegExp(`^organization:${part}:pipeline:${part}${end}`) },
    begins: /^organization:[^:]*:pipeline:/,
  },
  {
    // Guests of an identity pool are whoever asks; `authenticated`, or a provider's name, is whoever has signed in.
    hosts: /^cognito-identity[a-z0-9.-]*\.amazonaws\.com(?:\.cn)?$/,
    claims: { sub: new RegExp(`^[a-z0-9-]+:${uuid}$`), amr: /^(?!unauthenticated$)[^*]+$/ },
    begins: null,
  },
  {
    // A cluster is its owner's, so the namespace is enough.
    hosts: /^oidc(?:-eks)?\.[a-z0-9.-]*amazonaws\.com(?:\.cn)?\/id\/|^oidc-eks\.[a-z0-9-]+\.api\.aws\/id\//,
    claims: { sub: new RegExp(`^system:serviceaccount:${part}${end}`) },
    begins: /^system:serviceaccount:/,
  },
  {
    hosts: /\.app\.(?:us\.)?spacelift\.io$/,
    claims: { sub: new RegExp(`^space:${part}:(?:stack|module):${part}${end}`) },
    begins: /^space:[^:]*:(?:stack|module|\*)/,
  },
  {
    // One account of Google.
    hosts: /^accounts\.google\.com$/,
    claims: { sub: /^\d+$/ },
    begins: null,
  },
  {
    // One application or identity of a directory of Microsoft Entra ID.
    hosts: /^(?:sts\.windows\.net|login\.microsoftonline\.com)\//,
    claims: { sub: /^[^*]+$/ },
    begins: null,
  },
];

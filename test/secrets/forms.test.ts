import { describe, expect, it } from "vitest";
import { secretFormsIn } from "../../engine/secrets/forms.ts";

/** Of letters and digits in no order, as long as wanted; the examples are put together so that no credential stands here. */
const some = (length: number) => "aB3dE5gH7jK9".repeat(8).slice(0, length);
const hex = (length: number) => "0a1b2c3d4e5f".repeat(8).slice(0, length);
const base64url = (text: string) => btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const keyId = `AK${"IA"}${"ABCDEFGH23456789"}`;

describe("what holds a credential, by its form", () => {
  it.each([
    ["AWS access key id", keyId],
    ["AWS access key id", `key=AS${"IA"}ABCDEFGHIJKLMNOP;`],
    ["AWS access key id, AWS secret access key", `${keyId}\nsecret = ${some(40)}`],
    ["AWS access key id, AWS secret access key", `{"secret":"${some(40)}","id":"${keyId}"}`],
    ["private key", `-----BEGIN ${"PRIVATE"} KEY-----\nMII`],
    ["private key", `-----BEGIN OPENSSH ${"PRIVATE"} KEY-----`],
    ["private key", `AGE-${"SECRET"}-KEY-1${some(58).toUpperCase()}`],
    ["JSON web token", `Bearer ${base64url('{"alg":"HS256"}')}.${base64url('{"sub":"1"}')}.${some(43)}`],
    ["JSON web token", `${base64url('{"typ":"JWT","alg":"RS256"}')}.${base64url("{}")}xx.${some(43)}`],
    ["URL with a password", `https://app:${"not-a-real-one"}@example.com/hook`],
    ["URL with a password", `jdbc:postgresql://app:${"changeme"}@db:5432/shop`],
    ["URL with a password", `redis://:${"not-a-real-one"}@cache:6379`],
    ["connection string with a password", `Server=db;User Id=sa;Password=${"not-a-real-one"};`],
    ["connection string with a password", `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${some(40)}==`],
    ["GitHub token", `gh${"p_"}${some(36)}`],
    ["GitHub token", `github${"_pat_"}${some(82)}`],
    ["GitLab token", `gl${"pat-"}${some(20)}`],
    ["Slack token", `xo${"xb-"}123456789012-${some(24)}`],
    ["Slack webhook", `https://hooks.slack${".com/services/"}T0AB12CD3/B0AB12CD3/${some(24)}`],
    ["Stripe key", `sk_${"live_"}${some(24)}`],
    ["Stripe key", `rk_${"live_"}${some(24)}`],
    ["Google API key", `AI${"za"}${some(35)}`],
    ["Google client secret", `GOC${"SPX-"}${some(28)}`],
    ["npm token", `//registry.npmjs.org/:_authToken=np${"m_"}${some(36)}`],
    ["PyPI token", `py${"pi-AgE"}${some(60)}`],
    ["Docker Hub token", `dckr${"_pat_"}${some(27)}`],
    ["OpenAI key", `sk-${"proj-"}${some(60)}`],
    ["OpenAI key", `sk-${some(20)}T3Blbk${"FJ"}${some(20)}`],
    ["Anthropic key", `sk-${"ant-api03-"}${some(90)}`],
    ["SendGrid key", `S${"G."}${some(22)}.${some(43)}`],
    ["Shopify token", `shp${"at_"}${hex(32)}`],
    ["HashiCorp Vault token", `hv${"s."}${some(24)}`],
    ["Hugging Face token", `h${"f_"}${"abcdefghijklmnopqrstuvwxyzABCDEFGH"}`],
    ["Databricks token", `da${"pi"}${hex(32)}`],
    ["Grafana token", `gl${"sa_"}${some(32)}_${hex(8)}`],
    ["DigitalOcean token", `dop${"_v1_"}${hex(64)}`],
    ["query with a secret", `https://example.com/hook?user=shop&token=${"not-a-real-one"}`],
    ["query with a secret", `jdbc:postgresql://db/shop?user=shop&password=${"not-a-real-one"}`],
    ["query with a secret", `https://acme.blob.core.windows.net/a?sv=2022-11-02&sig=${some(43)}%3D`],
    ["authorization header", `Authorization: Basic ${btoa("shop:not-a-real-one")}`],
    ["authorization header", `{"authorization":"Bearer ${some(30)}"}`],
    ["password hash", `admin:$2y$${"05$"}${some(53)}`],
    ["password hash", `admin:$${"apr1"}$${some(8)}$${some(22)}`],
  ])("%s", (names, text) => {
    expect(secretFormsIn(text).join(", ")).toBe(names);
  });
});

/** Each is as short as its publisher gives it out. */
const shortest: readonly (readonly [string, string])[] = [
  ["private key", `AGE-SECRET-${"KEY-1"}${some(58).toUpperCase()}`],
  ["GitHub token", `gh${"o_"}${some(36)}`],
  ["GitHub token", `github${"_pat_"}${some(22)}`],
  ["GitLab token", `gl${"rt-"}${some(20)}`],
  ["GitLab token", `gl${"soat-"}${some(20)}`],
  ["GitLab token", `GR${"1348941"}${some(20)}`],
  ["Slack token", `xap${"p-"}${some(10)}`],
  ["Slack webhook", `hooks.slack${".com/services/"}T0AB12CD3/B0AB12CD3/${some(20)}`],
  ["Stripe key", `sk_${"live_"}${some(16)}`],
  ["Stripe webhook secret", `wh${"sec_"}${some(32)}`],
  ["Google API key", `AI${"za"}${some(35)}`],
  ["Google client secret", `GOC${"SPX-"}${some(28)}`],
  ["Google access token", `ya${"29."}${some(30)}`],
  ["npm token", `np${"m_"}${some(36)}`],
  ["PyPI token", `py${"pi-AgE"}${some(50)}`],
  ["Docker Hub token", `dckr${"_pat_"}${some(27)}`],
  ["OpenAI key", `sk-${"svcacct-"}${some(40)}`],
  ["Anthropic key", `sk-${"ant-api03-"}${some(80)}`],
  ["SendGrid key", `S${"G."}${some(22)}.${some(43)}`],
  ["Shopify token", `shp${"ss_"}${hex(32)}`],
  ["HashiCorp Vault token", `hv${"b."}${some(24)}`],
  ["Databricks token", `da${"pi"}${hex(32)}`],
  ["Grafana token", `gl${"sa_"}${some(32)}_${hex(8)}`],
  ["Grafana token", `gl${"c_"}${some(32)}`],
  ["DigitalOcean token", `doo${"_v1_"}${hex(64)}`],
  ["Bitbucket token", `AT${"BB"}${some(28)}`],
  ["Atlassian token", `AT${"ATT3"}${some(96)}abcd`],
  ["Azure client secret", `a~b${"8Q~"}${some(31)}`],
  ["Amazon Bedrock API key", `AB${"SK"}${some(96)}abcd`],
  ["Amazon Bedrock API key", `bedrock${"-api-key-"}${some(96)}abcd`],
  ["AWS session token", `IQoJb3Jp${"Z2luX2Vj"}${some(96)}abcd`],
  ["AWS session token", `FwoG${"ZXIvYXdz"}${some(96)}abcd`],
  ["Discord webhook", `discord${".com/api/webhooks/"}123456789012345678/${some(60)}`],
  ["Telegram bot token", `1234567890${":AA"}${some(33)}`],
  ["Microsoft Teams webhook", `webhook.office${".com/webhookb2/"}${hex(36)}@${hex(36)}/IncomingWebhook/${hex(32)}`],
  ["New Relic key", `NR${"AK-"}${some(27).toUpperCase()}`],
  ["New Relic key", `NR${"II-"}${some(32)}`],
  ["New Relic key", `${hex(36)}${"NRAL"}`],
  ["Dynatrace token", `dt0${"c01."}${some(24).toUpperCase()}.${some(64).toUpperCase()}`],
  ["Sentry token", `sntr${"ys_"}${some(40)}`],
  ["Sentry token", `sntr${"yu_"}${hex(64)}`],
  ["SonarQube token", `sq${"p_"}${hex(40)}`],
  ["HCP Terraform token", `${some(14)}${".atlasv1."}${some(60)}`],
  ["Pulumi token", `pu${"l-"}${hex(40)}`],
  ["CircleCI token", `CCI${"PAT_"}${some(22)}_${hex(40)}`],
  ["Buildkite token", `bk${"ua_"}${hex(40)}`],
  ["JFrog key", `AK${"Cp"}${some(69)}`],
  ["JFrog token", `cmVm${"dGtu"}${some(56)}`],
  ["RubyGems key", `ruby${"gems_"}${hex(48)}`],
  ["crates.io token", `ci${"o"}${some(32)}`],
  ["Postman key", `PM${"AK-"}${hex(24)}-${hex(34)}`],
  ["Linear key", `lin${"_api_"}${some(40)}`],
  ["Notion token", `nt${"n_"}${some(43)}`],
  ["Airtable token", `pa${"t"}${some(14)}.${hex(64)}`],
  ["Figma token", `fig${"d_"}${some(40)}`],
  ["Doppler token", `dp${".pt."}${some(40)}`],
  ["Doppler token", `dp${".st.prd."}${some(40)}`],
  ["Mailgun key", `ke${"y-"}${hex(32)}`],
  ["Mailchimp key", `${hex(32)}${"-us1"}`],
  ["Brevo key", `xkey${"sib-"}${hex(64)}-${some(16)}`],
  ["Square token", `sq0${"csp-"}${some(22)}`],
  ["Tailscale key", `ts${"key-auth-"}${some(10)}-${some(20)}`],
  ["Supabase token", `sb${"p_"}${hex(40)}`],
  ["PlanetScale token", `pscale${"_pw_"}${some(32)}`],
  ["Netlify token", `nf${"p_"}${some(36)}`],
  ["LaunchDarkly key", `sd${"k-"}0a1b2c3d-4e5f-4a1b-8c3d-4e5f0a1b2c3d`],
  ["Replicate token", `r${"8_"}${some(37)}`],
  ["Groq key", `gs${"k_"}${some(52)}`],
  ["OpenRouter key", `sk-${"or-v1-"}${hex(64)}`],
  ["Contentful token", `CF${"PAT-"}${some(43)}`],
];

describe("tokens as their publishers give them out, and what is one character shorter or within a longer word", () => {
  it.each(shortest)("%s %#", (name, text) => {
    expect(secretFormsIn(text)).toEqual([name]);
    expect(secretFormsIn(text.slice(0, -1))).not.toContain(name);
    expect(secretFormsIn(`x${text}`)).not.toContain(name);
  });
});

describe("what only looks like it", () => {
  it.each([
    ["a key id of AWS's documentation", `AK${"IA"}IOSFODNN7EXAMPLE`],
    ["a longer word", `X${keyId}`],
    ["a hash without a key id beside it", some(40)],
    ["a hash of a commit beside a key id that is none", `${hex(40)} AK${"IA"}IOSFODNN7EXAMPL`],
    ["a public key", "-----BEGIN PUBLIC KEY-----"],
    ["three parts of which the first is no header", `${base64url('{"kid":"x1234567"}')}.${some(20)}.${some(20)}`],
    ["three parts of which the first is no JSON", `eyJ${some(20)}.${some(20)}.${some(20)}`],
    ["a URL without a password", "https://app@example.com:8080/hook"],
    ["a URL with a port and an address", "https://example.com:8080/a@b"],
    ["a password that the shell puts in", "postgres://app:$PASSWORD@db"],
    ["a password that a template puts in", `postgres://app:\${PASSWORD}@db`],
    ["a password to fill in", "postgres://app:<password>@db"],
    ["a masked password", "postgres://app:****@db"],
    ["a connection string without a password", "Server=db;User Id=sa;Integrated Security=true;"],
    ["a query that a template fills", "https://example.com/hook?token={token}&password=$PASSWORD"],
    ["a query without a secret", "https://example.com/hook?page_token=abcdefgh&tokens=abcdefgh"],
    ["commands after one another", "serve &&token=abcdefgh"],
    ["a header that the shell fills in", "Authorization: Bearer $TOKEN"],
    ["a key of a cache", `npm-key-${hex(32)}`],
    ["a test key", `sk_${"test_"}${some(24)}`],
    ["an npm variable", "npm_config_registry"],
    ["an image digest", `example.com/api@sha256:${hex(64)}`],
    ["an ARN", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-a1B2c3"],
  ])("%s", (_, text) => {
    expect(secretFormsIn(text)).toEqual([]);
  });
});

it("takes linear time for texts that are long and almost match", () => {
  const length = 400_000;
  const nearly = [
    "a",
    "a:",
    "://a:",
    "x://a:b",
    `AK${"IA"}`,
    "eyJa",
    "eyJhbGciOiJ9.",
    "-----BEGIN ",
    "; ",
    ";password",
    "xoxb-",
    "aB3/",
    `${keyId} `,
    "hooks.slack.com/services/",
  ];
  // By the processor's time and not by the clock, which a busy machine keeps as well: steps that grow with the square of the
  // length would take a hundred times as long as this allows, and it takes a hundredth.
  const start = process.cpuUsage();
  for (const part of nearly) secretFormsIn(part.repeat(Math.ceil(length / part.length)));
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1e6).toBeLessThan(30);
});

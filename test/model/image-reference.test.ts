import { describe, expect, it } from "vitest";
import { parseImageReference, privateEcrRegistry } from "../../engine/model/image-reference.ts";

const sha256 = `sha256:${"f".repeat(64)}`;
const sha512 = `sha512:${"f".repeat(128)}`;

/** What an image name says, as one text: `registry repository tag digest`. */
function read(text: string): string | null {
  const found = parseImageReference(text);
  if (found === null) return null;
  const { registry, repository, tag, digest } = found;
  return [registry, repository, tag ?? "-", digest ?? "-"].join(" ");
}

// The cases of the distribution project's reference_test.go and normalize_test.go.
describe("the parts of an image name", () => {
  it.each([
    ["redis", "docker.io library/redis - -"],
    ["redis:latest", "docker.io library/redis latest -"],
    ["test_com", "docker.io library/test_com - -"],
    ["test.com:tag", "docker.io library/test.com tag -"],
    ["test.com:5000", "docker.io library/test.com 5000 -"],
    ["foo_bar.com:8080", "docker.io library/foo_bar.com 8080 -"],
    ["192.168.1.1:5000", "docker.io library/192.168.1.1 5000 -"],
    ["lowercase:Uppercase", "docker.io library/lowercase Uppercase -"],
    ["foo/foo_bar.com:8080", "docker.io foo/foo_bar.com 8080 -"],
    ["test_com/foo", "docker.io test_com/foo - -"],
    ["library/foo/bar", "docker.io library/foo/bar - -"],
    ["docker.io/debian", "docker.io library/debian - -"],
    ["docker.io/library/foo/bar", "docker.io library/foo/bar - -"],
    ["index.docker.io/debian", "docker.io library/debian - -"],
    ["index.docker.io/docker/docker", "docker.io docker/docker - -"],
    ["docker---rules/docker", "docker.io docker---rules/docker - -"],
    ["dock__er/docker", "docker.io dock__er/docker - -"],
    ["localhost/repo", "localhost repo - -"],
    ["test.com/repo:tag", "test.com repo tag -"],
    ["test:5000/repo:tag", "test:5000 repo tag -"],
    ["test-com:8080/foo", "test-com:8080 foo - -"],
    [`test:5000/repo@${sha256}`, `test:5000 repo - ${sha256}`],
    [`test:5000/repo:tag@${sha256}`, `test:5000 repo tag ${sha256}`],
    ["sub-dom1.foo.com/bar/baz/quux:some-long-tag", "sub-dom1.foo.com bar/baz/quux some-long-tag -"],
    ["b.gcr.io/test.example.com/my-app:test.example.com", "b.gcr.io test.example.com/my-app test.example.com -"],
    [`xn--7o8h.com/myimage:xn--7o8h.com@${sha512}`, `xn--7o8h.com myimage xn--7o8h.com ${sha512}`],
    ["192.168.1.1:5000/repo:5050", "192.168.1.1:5000 repo 5050 -"],
    ["[2001:db8::1]/repo", "[2001:db8::1] repo - -"],
    [`[2001:db8::1]:5000/repo:tag@${sha256}`, `[2001:db8::1]:5000 repo tag ${sha256}`],
    ["DOCKER/docker", "docker docker - -"],
    ["Registry.Example.com/shop/api:1", "registry.example.com shop/api 1 -"],
    [`docker.io/${"f".repeat(64)}`, `docker.io library/${"f".repeat(64)} - -`],
    [`a.com/${"a/".repeat(127)}a:t`, `a.com ${"a/".repeat(127)}a t -`],
  ])("%s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    "",
    ":justtag",
    `@${sha256}`,
    "repo@sha256:ffffffffffffffffffffffffffffffffff",
    `validname@invaliddigest:${"f".repeat(64)}`,
    `repo@sha256:${"F".repeat(64)}`,
    `repo@${sha256}@${sha256}`,
    "Uppercase:tag",
    "test:5000/Uppercase/lowercase:tag",
    `a.com/${"a/".repeat(128)}a:tag`,
    "aa/asdf$$^/aa",
    "[2001:db8::1]",
    "[2001:db8::1]:5000",
    "[fe80::1%eth0]:5000/repo",
    "[2001:db8:3:4::192.0.2.33]:5000/debian",
    "fc00::1:5000/debian",
    "https://github.com/docker/docker",
    "docker/Docker",
    "Registry.Example.com/shop/API",
    "-docker/docker",
    "docker-/docker",
    "docker///docker",
    "docker/",
    "____/____",
    "dock..er/docker",
    "dock_.er/docker",
    "repo:-foo",
    `repo:${"t".repeat(129)}`,
    "f".repeat(64),
    "<IMAGE1_NAME>",
    " redis",
  ])("%s is no image name", (text) => {
    expect(read(text)).toBeNull();
  });
});

describe("private ECR registries", () => {
  it.each([
    ["111122223333.dkr.ecr.eu-west-1.amazonaws.com", "eu-west-1"],
    ["111122223333.dkr.ecr-fips.us-east-1.amazonaws.com", "us-east-1"],
    ["111122223333.dkr-ecr.eu-west-1.on.aws", "eu-west-1"],
    ["111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn", "cn-north-1"],
  ])("%s", (host, region) => {
    expect(privateEcrRegistry(host)).toEqual({ accountId: "111122223333", region });
  });

  it.each([
    "public.ecr.aws",
    "1111.dkr.ecr.eu-west-1.amazonaws.com",
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com.example.com",
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com:443",
  ])("%s is none", (host) => {
    expect(privateEcrRegistry(host)).toBeNull();
  });
});

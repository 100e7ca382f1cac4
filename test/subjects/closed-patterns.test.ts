import { describe, expect, it } from "vitest";
import { isClosed } from "../../engine/subjects/pipeline/closed-patterns.ts";

describe("patterns of accounts", () => {
  it.each(["^12345$", "^(12|34)$", "^(?:12|34)$", "^12$|^34$", "^123[45]$"])("%s is closed", (pattern) => {
    expect(isClosed("ACTOR_ACCOUNT_ID", pattern)).toBe(true);
  });
  it.each([
    "",
    "12345",
    "^12345",
    "12345$",
    "^12|34$",
    "^\\d+$",
    "^\\d*$",
    "^\\d{8}$",
    "^\\d$",
    "^[0-9]+$",
    "^[^x]*$",
    "^[^x]$",
    "^.$",
    "^.*$",
    "^(123|)\\d*$",
    "^1234?$",
    "^(123)+$",
    "^(?!9)12$",
    "^123\\$",
  ])("%s is open", (pattern) => {
    expect(isClosed("ACTOR_ACCOUNT_ID", pattern)).toBe(false);
  });
});

describe("patterns of branches, tags and repositories", () => {
  it.each([
    "^refs/heads/main$",
    "^refs/heads/(main|release)$",
    "^refs/heads/main$|^refs/heads/release$",
    "^refs/tags/v\\d+\\.\\d+$",
    "^refs/tags/v[0-9]+(\\.[0-9]+)*$",
    "^refs/tags/v\\d+(?:\\.\\d+){2}$",
    "^refs/heads/mains?$",
  ])("%s is closed", (pattern) => {
    expect(isClosed("HEAD_REF", pattern)).toBe(true);
  });
  it.each([
    "^refs/heads/.*$",
    "^refs/heads/.+$",
    "^refs/heads/.{3}$",
    "^refs/heads/[^/]+$",
    "^refs/heads/\\S+$",
    "^refs/heads/\\w+$",
    "^refs/heads/[a-z]*$",
    "^refs/heads/[^x]{4}$",
    "^refs/heads/(a|[^b])+$",
    "^refs/heads/(?:.)+$",
    "^refs/heads/main",
    "refs/heads/main",
    "^refs/heads/main|release$",
  ])("%s is open", (pattern) => {
    expect(isClosed("HEAD_REF", pattern)).toBe(false);
  });
});

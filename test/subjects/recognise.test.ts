import { expect, it } from "vitest";
import { Unknown } from "../../engine/plan/unknown.ts";
import { recognisedFacts } from "../../engine/subjects/secrets/recognise.ts";
import { defaultSettings } from "../../engine/subjects/settings.ts";

const at = (place: string, value: string | Unknown, name: string | null = null) => ({
  path: place,
  place,
  value,
  name,
});
const keyId = `AK${"IA"}ABCDEFGH23456789`;
const random = "aB3dE5gH7jK9aB3dE5gH7jK9aB3dE5gH7jK9aB3d";

function recognised(...candidates: ReturnType<typeof at>[]) {
  const { secretForms, highestEntropy } = recognisedFacts(candidates, {
    ...defaultSettings,
    secretValuePatterns: ["acme_pat_*"],
  });
  return {
    forms: secretForms.value,
    path: secretForms.path,
    note: secretForms.note,
    entropy: highestEntropy.value,
  };
}

it("names what it finds and where, never the value", () => {
  expect(recognised(at("a", "harmless"), at("b", `https://app:${"not-a-real-one"}@example.com`))).toEqual({
    forms: ["URL with a password"],
    path: "b",
    note: "URL with a password in b",
    entropy: 0,
  });
});

it("takes random text beside a key id of another place for the secret key", () => {
  expect(recognised(at("a", keyId), at("b", random)).note).toBe("AWS access key id in a, AWS secret access key in b");
  expect(recognised(at("b", random)).forms).toEqual([]);
});

it("finds the team's own forms among the words of a text", () => {
  expect(recognised(at("a", 'run --with="acme_pat_1234"')).forms).toEqual(["acme_pat_*"]);
  expect(recognised(at("a", "not-acme_pat_1234")).forms).toEqual([]);
});

it("finds values under the names of secrets", () => {
  const found = ["value under the name of a secret"];
  expect(recognised(at("a", "abc-def", "splunk-token")).forms).toEqual(found);
  expect(recognised(at("a", JSON.stringify({ db: [{ password: "abc-def" }] }))).forms).toEqual(found);
  expect(recognised(at("a", JSON.stringify({ db: { host: "abc-def", password_file: "/run/p" } }))).forms).toEqual([]);
  expect(
    recognised(at("a", JSON.stringify({ password: "<password>", token: "", secret: "arn:aws:ssm:x" }))).forms,
  ).toEqual([]);
});

it("keeps what it finds beside what it cannot see", () => {
  const hidden = new Unknown("after-apply");
  expect(recognised(at("a", hidden), at("b", keyId))).toEqual({
    forms: ["AWS access key id", hidden],
    path: "b",
    note: "AWS access key id in b",
    entropy: hidden,
  });
});

it("measures how random the longest words are", () => {
  expect(recognised(at("a", "a".repeat(30))).entropy).toBe(0);
  expect(recognised(at("a", "abcd".repeat(10))).entropy).toBe(2);
  expect(
    recognised(at("a", "short1A"), at("b", "q7Zt4Wm9Xk2Vb6Nc8Hs1Jd5Fg3Lp0Ry"), at("c", "abab".repeat(9))).entropy,
  ).toBe(5);
});

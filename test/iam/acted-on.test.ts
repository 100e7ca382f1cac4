import { describe, expect, it } from "vitest";
import { grantsOnSome } from "../../engine/iam/acted-on.ts";
import { statement } from "./statement.ts";

describe("an action is allowed only on a resource of a type that every call of it needs", () => {
  it.each([
    ["ssm:SendCommand", "arn:aws:s3:::logs/*", false, "a bucket is only where its output may go"],
    ["ssm:SendCommand", "arn:aws:ec2:*:*:instance/*", false, "no command without a document"],
    ["ssm:SendCommand", "arn:aws:ssm:*:*:document/*", true, "its document"],
    ["ssm:SendCommand", "*", true, "everything"],
    ["ecr:PutImage", "arn:aws:s3:::logs/*", false, "another service"],
    ["ecr:PutImage", "arn:aws:ecr:*:*:repository/shop", true, "its repository"],
    ["sts:AssumeRole", "arn:aws:iam::111122223333:role/reader", true, "a type of another service, which is needed"],
    ["sts:AssumeRole", "arn:aws:s3:::*", false, "no role"],
    ["ecr:GetAuthorizationToken", "arn:aws:ecr:*:*:repository/shop", false, "it accepts no ARN"],
    ["ecr:GetAuthorizationToken", "*", true, "it accepts *"],
  ])("%s on %s: %j, %s", (Action, Resource, expected) => {
    expect(grantsOnSome(statement({ Effect: "Allow", Action: "*", Resource }), Action)).toBe(expected);
    expect(grantsOnSome(statement({ Effect: "Allow", Action, Resource }), Action)).toBe(expected);
  });
});

import { describe, expect, it } from "vitest";
import { coversType, isResourceWide, isWideFor, isWidePattern, mayConcern } from "../../engine/iam/wide-resources.ts";
import { arnOf, later, shown, statement } from "./statement.ts";

const service = "ecs:*:*:service/*/*";
const repository = "ecr:*:*:repository/*";
const object = "s3:::*/*";

describe("whether a pattern covers all resources of a type", () => {
  it.each<[string, string, boolean, string]>([
    ["*", service, true, "everything"],
    ["arn:aws:ecs:*:*:*", service, true, "everything of the service"],
    ["arn:*:ecs:*:*:service/*", service, true, "every partition"],
    ["arn:aws:ecs:*", service, true, "a star goes over the colons"],
    ["arn:aws:ecs:eu-west-1:*", service, true, "everything of the service in one region"],
    ["arn:aws:ecs:eu-*", service, true, "everything of the service in some regions"],
    ["arn:*", service, true, "every service"],
    ["arn:aws*", service, true, "every service of a partition"],
    ["arn:aws:ecs:eu-west-1", service, false, "no resource"],
    ["arn:aws-cn:ecs:*:*:service/*", service, true, "one partition is all that an account is in"],
    ["arn:aws:ecs:eu-west-1:*:service/*", service, true, "one region is as wide"],
    ["arn:aws:ecs:*:*:service/*/*", service, true, "cluster and name"],
    ["arn:aws:ecs:*:111122223333:service/*", service, true, "one account is all that an identity acts in"],
    ["arn:aws:ecr:eu-west-1:111122223333:repository/*", repository, true, "every repository of the account"],
    ["arn:aws:ecr:eu-west-1:111122223333:repository*", repository, true, "everything that is a repository"],
    ["arn:aws:ecr:eu-west-1:111122223333:*", repository, true, "all of the service"],
    ["arn:aws:ecr:eu-west-1:111122223333:repository/shop/*", repository, false, "a name space in one account"],
    ["arn:aws:ecs:eu-west-1:111122223333:*", repository, false, "another service of the account"],
    ["arn:aws:ecr:*:1111????????:repository/*", repository, true, "some accounts"],
    ["arn:aws:ecs:*:????????????:service/*", service, true, "twelve characters are every account"],
    ["arn:aws:ecs:*:*:service/main/*", service, false, "the cluster is named"],
    ["arn:aws:ecs:*:*:service/*/api", service, false, "the service is named"],
    ["arn:aws:ecs:*:*:service/dev-*", service, false, "a prefix is named"],
    ["arn:aws:ecs:*:*:task/*", service, false, "another type"],
    ["arn:aws:ecr:*:*:*", service, false, "another service"],
    ["arn:aws:ecr:*:*:repository/*", repository, true, "every repository of every account"],
    ["arn:aws:ecr:*:*:repository/shop/*", repository, false, "a name space of repositories"],
    ["arn:aws:ecr:*:???????????:repository/*", repository, false, "no account has eleven"],
    ["arn:aws:ecr:*:*:repository/?*", repository, true, "every name has a character"],
    ["arn:aws:ecr:*:*:repository/??*", repository, true, "every name has two"],
    ["arn:aws:ecr:*:*:repository/???*", repository, false, "a name may have two only"],
    ["arn:aws:ecs:*:*:service/??*", service, true, "the name of a cluster, a slash and that of a service"],
    ["arn:aws:s3:::???*/*", object, true, "every bucket has three"],
    ["arn:aws:s3:::????*/*", object, false, "a bucket may have three only"],
    ["arn:aws:ecr:*:*:repository/*q*", repository, false, "names with a letter"],
    ["arn:aws:ecr:*:*:repository/*/*", repository, false, "only names with a slash"],
    ["arn:aws:ecr:??????????:????????????:repository/*", repository, true, "every account has twelve characters"],
    ["arn:aws:s3:::*", object, true, "S3 has no account in its ARNs"],
    ["arn:aws:s3:::*/*", object, true, "every object of every bucket"],
    ["arn:aws:s3:::assets/*", object, false, "the bucket is named"],
    ["arn:aws:s3:::*/public/*", object, false, "a folder is named"],
    ["arn:aws:s3:::*", "s3:::*", true, "every bucket"],
    ["arn:aws:s3:::*/*", "s3:::*", false, "a bucket is no object"],
    ["arn:aws:logs:*:*:log-group:*", "logs:*:*:log-group:*:log-stream:*", true, "log streams stand within log groups"],
    ["arn:aws:logs:*:*:log-group:/shop/*", "logs:*:*:log-group:*", false, "a prefix of log groups"],
    [
      "arn:aws:logs:*:*:log-group:/shop/api:*",
      "logs:*:*:log-group:*:log-stream:*",
      false,
      "the streams of one log group",
    ],
    [
      "arn:aws:secretsmanager:*:*:secret:*-??????",
      "secretsmanager:*:*:secret:*-??????",
      true,
      "every secret has six characters at its end",
    ],
    ["arn:aws:secretsmanager:*:*:secret:shop/*", "secretsmanager:*:*:secret:*-??????", false, "a prefix of secrets"],
    ["arn:aws:iam::*:role/*", "iam::*:role/*", true, "every role"],
    ["arn:aws:iam::*:role/service-role/*", "iam::*:role/*", false, "a path of roles"],
    ["arn:aws:s3:::home/${aws:username}/*", object, false, "a variable is no wildcard"],
    ["arn:aws:ecr:*:${aws:PrincipalAccount}:repository/*", repository, true, "but for the account it is the own one"],
    ["arn:aws:ecr:*:${aws:ResourceAccount}:repository/shop", repository, false, "of which one repository is named"],
    ["", service, false, "nothing"],
    ["ecs", service, false, "no ARN"],
  ])("%s covers %s: %s, as %s", (pattern, type, expected) => {
    expect(coversType(pattern, type)).toBe(expected);
  });
});

describe("whether a pattern covers all of any type", () => {
  it.each<[string, boolean, string]>([
    ["*", true, "everything"],
    ["arn:aws:ecs:*:*:task-definition/*", true, "all task definitions"],
    ["arn:aws:ssm:*:*:parameter/*", true, "all parameters"],
    ["arn:aws:kms:*:*:key/*", true, "all keys"],
    ["arn:aws:sts::*:self", true, "the one of its type in every account"],
    ["arn:aws:ecs:eu-west-1:111122223333:service/main/api", false, "one service"],
    ["arn:aws:ecs:eu-west-1:111122223333:*", true, "all of a service in one account"],
    ["arn:aws:iam::aws:policy/*", false, "policies of AWS are no account's"],
    ["arn:aws:s3:::assets/*", false, "a bucket is named"],
    ["arn:aws:ec?:*:*:*", true, "a wildcard in the service's name"],
  ])("%s: %s, as %s", (pattern, expected) => {
    expect(isWidePattern(pattern)).toBe(expected);
  });
});

describe("whether a statement is for all resources of a type", () => {
  it.each<[object, unknown, string]>([
    [{ Resource: "*" }, true, "all of every type"],
    [{ Resource: ["arn:aws:ecs:eu-west-1:111122223333:service/main/api", "*"] }, true, "one of a list is enough"],
    [{ Resource: "arn:aws:ecs:eu-west-1:111122223333:service/main/api" }, false, "one is named"],
    [{ Resource: [] }, false, "none"],
    [{}, false, "none is written"],
    [{ NotResource: "arn:aws:s3:::audit" }, true, "all but one"],
    [{ NotResource: later }, "unknown", "an exception that is unknown may not be there"],
    [{ Resource: later }, "unknown", "nothing tells"],
    [{ Resource: ["*", later] }, true, "whatever the other is"],
    [{ Resource: arnOf("aws_ecs_service") }, false, "an object of this plan is one"],
    [{ Resource: [arnOf("aws_ecs_service"), later] }, "unknown", "the other may be *"],
    [{ Resource: arnOf("aws_ecs_service", "name") }, "unknown", "a name may be part of anything"],
    [{ Resource: arnOf("terraform_data", "output") }, "unknown", "so may what is no resource of AWS"],
  ])("%j: %s, as %s", (members, expected) => {
    const { Action = "ecs:*" } = { Action: undefined, ...members };
    expect(shown(isResourceWide(statement({ Action, ...members })))).toBe(expected);
  });

  it.each<[object, string[], unknown, string]>([
    [{ Resource: "arn:aws:ecs:*:*:task-definition/*" }, [service], false, "task definitions are no services"],
    [
      { Resource: "arn:aws:ecs:*:*:task-definition/*" },
      [service, "ecs:*:*:task-definition/*:*"],
      true,
      "one of its types is enough",
    ],
    [{ Resource: "*" }, [], false, "an action without types accepts nothing else"],
    [{ NotResource: "arn:aws:s3:::audit" }, [service], true, "all but some"],
  ])("%j, for %j: %s, as %s", (members, types, expected) => {
    expect(shown(isWideFor(statement(members), types))).toBe(expected);
  });
});

describe("whether a statement may concern a type at all", () => {
  const role = ["iam::*:role/*"];
  it.each<[string, boolean, string]>([
    ["*", true, "everything"],
    ["arn:aws:iam::111122223333:role/task", true, "one role"],
    ["arn:aws:iam::*:*", true, "all of IAM"],
    ["arn:aws:iam::111122223333:r*", true, "what begins like a role"],
    ["arn:aws:iam::111122223333:?ole/task", true, "one character is open"],
    ["arn:*", true, "a star goes over the colons"],
    ["arn:aws:*:*:*:role/*", true, "any service"],
    ["arn:aws:iam::${aws:PrincipalAccount}:role/task", true, "a variable may be the account"],
    ["arn:aws:iam::111122223333:${aws:PrincipalTag/kind}/task", true, "or any part"],
    ["arn:aws:iam::111122223333:user/task", false, "a user"],
    ["arn:aws:s3:::role/task", false, "an object of S3"],
    ["arn:aws:s3:::*", false, "a star stays in its part of the ARN"],
    ["arn:aws:iam::111122223333:role", false, "a role has a name"],
    ["", false, "nothing"],
  ])("%s may be a role: %s, as %s", (Resource, expected) => {
    expect(mayConcern(statement({ Resource }), role, () => false)).toBe(expected);
  });
});

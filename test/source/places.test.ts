import { describe, expect, it } from "vitest";
import { placeIn, textSource } from "./text-source.ts";

const main = `resource "aws_ecs_task_definition" "web" {
  family = "web"
  volume {
    name      = "one"
    host_path = "/one"
  }
  volume {
    name = "two"
    host_path = "/two"
    docker_volume_configuration {
      driver = "local"
    }
  }
  runtime_platform {
    operating_system_family = "LINUX"
  }
  container_definitions = jsonencode([
    {
      name = "web"
      image = "web:1"
      environment = [
        { name = "A", value = "a" },
        { name = "B"
          value = "b" },
        { value = "nameless" },
      ]
      dockerLabels = {
        com = "x"
        "org.example" = "y"
      }
    },
    # the agent
    # that runs beside it
    {
      "name" : "agent", "image" : "agent:1",
      linuxParameters = { capabilities = {
        add = ["SYS_PTRACE"]
      } }
      dockerLabels = {
        "com.example.token" = "t"
      }
      environment = [
        {
          name = "ONLY"
        }
      ]
    },
  ])
}

resource "aws_iam_policy" "one" {
  policy = jsonencode({
    Statement = {
      Sid    = "Alone"
      Action = "*"
    }
  })
}

resource "aws_iam_policy" "computed" {
  policy = jsonencode({
    Statement = [
      { Sid = "First", Action = "a:*" },
      { Sid = local.sid
        Action = "b:*" },
    ]
  })
}

resource "aws_iam_policy" "made" {
  policy = jsonencode({ Statement = [for x in local.all : { Sid = x }] })
}

resource "aws_ecs_service" "web" {
  task_definition = "x"
  desired_count   = 1
  tags            = {}
  lifecycle {
    ignore_changes = [task_definition, tags["a"]]
  }
}

resource "aws_ecs_service" "all" {
  task_definition = "x"
  lifecycle { ignore_changes = all }
}

resource "aws_security_group" "mixed" {
  ingress {
    from_port = 1
  }
  dynamic "ingress" {
    for_each = local.ports
    content {
      from_port = ingress.value
    }
  }
  dynamic "egress" {
    for_each = local.ports

    content {
      from_port = egress.value
      nested {
        to_port = 1
      }
    }
  }
}

resource "aws_lambda_function" "f" {
  environment {
    variables = {
      TOKEN     = "t"
      "a b"     = "c"
      from_port = "x"
    }
  }
}
resource "aws_ecs_task_definition" "computed" {
  container_definitions = jsonencode([{
    image = "web:1"
    (local.key) = 1
  }])
}
data "aws_x" "web" {}
variable "token" {
  default = "x"
}
output "token" { value = var.token }
provider "aws" {
  region = "a"
}
provider "aws" {
  alias  = "other"
  secret_key = "x"
}
resource "aws_x" "twice" {}
resource "aws_x" "twice" {}
`;

const source = textSource({ "main.tf": main, "more.tf": 'resource "aws_x" "more" {\n}\n' });
const task = "aws_ecs_task_definition.web";
const computed = "aws_ecs_task_definition.computed";

describe("blocks, by their addresses", () => {
  it.each([
    [task, "main.tf:1 block"],
    ["aws_iam_policy.one", "main.tf:51 block"],
    ['aws_iam_policy.one["a.b[0]"]', "main.tf:51 block"],
    ["aws_iam_policy.one[3]", "main.tf:51 block"],
    ["aws_x.more", "more.tf:1 block"],
    ["data.aws_x.web", "main.tf:125 block"],
    ["var.token", "main.tf:126 block"],
    ["output.token", "main.tf:129 block"],
    ["provider.aws", "main.tf:130 block"],
    ["provider.aws.other", "main.tf:133 block"],
    ["aws_x.web", null],
    ["aws_x.twice", null],
    ["provider.google", null],
    ["module.none.aws_x.web", null],
    ["aws_x", null],
    ["module.a", null],
    ["data.aws_x", null],
    ["a.b.c", null],
    ["aws_x[0].more", null],
    ["", null],
    ['aws_x.more["', null],
  ])("%s", (address, place) => {
    expect(placeIn(source, address)).toBe(place);
  });
});

describe("attributes, by their paths", () => {
  it.each([
    ["the attribute", task, "family", "main.tf:2 attribute"],
    ["what is not written", task, "pid_mode", "main.tf:1 block"],
    ["an attribute of a provider", "provider.aws.other", "secret_key", "main.tf:135 attribute"],
    ["an attribute of a variable", "var.token", "default", "main.tf:127 attribute"],
    ["an attribute on the block's line", "output.token", "value", "main.tf:129 attribute"],
    ["the only block of its type", task, "runtime_platform", "main.tf:14 attribute"],
    ["within it", task, "runtime_platform[0].operating_system_family", "main.tf:15 attribute"],
    ["not written within it", task, "runtime_platform[0].cpu_architecture", "main.tf:14 attribute"],
    ["a second one that is not written", task, "runtime_platform[1].operating_system_family", "main.tf:1 block"],
    ["one of several blocks by its name", task, 'volume["two"].host_path', "main.tf:9 attribute"],
    ["a block within it", task, 'volume["two"].docker_volume_configuration[0].driver', "main.tf:11 attribute"],
    ["one of several blocks by its place in the plan, which sorts", task, "volume[1].host_path", "main.tf:1 block"],
    ["all of several blocks", task, "volume", "main.tf:1 block"],
    ["a name that no block has", task, 'volume["three"].host_path', "main.tf:1 block"],
    ["a member in JSON", task, 'container_definitions["agent"].image', "main.tf:35 attribute"],
    [
      "members in members",
      task,
      'container_definitions["agent"].linuxParameters.capabilities.add',
      "main.tf:37 attribute",
    ],
    ["not written in JSON: its element", task, 'container_definitions["agent"].user', "main.tf:34 attribute"],
    ["one of several in JSON by its place in the plan", task, "container_definitions[0].image", "main.tf:17 attribute"],
    ["a computed key may be any", computed, 'container_definitions["web"].image', "main.tf:120 attribute"],
    ["in another element", task, 'container_definitions["web"].image', "main.tf:20 attribute"],
    [
      "one of several in a list in a list",
      task,
      'container_definitions["web"].environment["B"].value',
      "main.tf:24 attribute",
    ],
    [
      "a key that is also the start of one with dots",
      task,
      'container_definitions["web"].dockerLabels.com',
      "main.tf:28 attribute",
    ],
    ["a key in quotes", task, 'container_definitions["web"].dockerLabels.org.example', "main.tf:29 attribute"],
    ["a key with dots", task, 'container_definitions["agent"].dockerLabels.com.example.token', "main.tf:40 attribute"],
    ["an only element by place", task, 'container_definitions["agent"].environment[0].name', "main.tf:44 attribute"],
    [
      "an only element by name",
      task,
      'container_definitions["agent"].environment["ONLY"].name',
      "main.tf:44 attribute",
    ],
    [
      "an only element by another name",
      task,
      'container_definitions["agent"].environment["OTHER"].name',
      "main.tf:42 attribute",
    ],
    ["an object for a list of one", "aws_iam_policy.one", "policy.Statement[0].Action", "main.tf:55 attribute"],
    ["the same by name", "aws_iam_policy.one", 'policy.Statement["Alone"].Action', "main.tf:55 attribute"],
    [
      "a name that is written, beside one that is not",
      "aws_iam_policy.computed",
      'policy.Statement["First"].Action',
      "main.tf:63 attribute",
    ],
    [
      "a name that only one element can have",
      "aws_iam_policy.computed",
      'policy.Statement["Second"].Action',
      "main.tf:65 attribute",
    ],
    [
      "elements that an expression makes",
      "aws_iam_policy.made",
      'policy.Statement["x"].Action',
      "main.tf:71 attribute",
    ],
    ["what Terraform does not look at once it exists", "aws_ecs_service.web", "task_definition", "main.tf:74 block"],
    ["the same of a part", "aws_ecs_service.web", "tags.b", "main.tf:74 block"],
    ["what it looks at", "aws_ecs_service.web", "desired_count", "main.tf:76 attribute"],
    ["all that it does not look at", "aws_ecs_service.all", "task_definition", "main.tf:83 block"],
    ["written and dynamic blocks", "aws_security_group.mixed", "ingress[0].from_port", "main.tf:88 block"],
    ["dynamic blocks", "aws_security_group.mixed", "egress", "main.tf:98 attribute"],
    ["within dynamic blocks", "aws_security_group.mixed", "egress[4].from_port", "main.tf:102 attribute"],
    [
      "blocks within dynamic blocks",
      "aws_security_group.mixed",
      "egress[4].nested[0].to_port",
      "main.tf:104 attribute",
    ],
    ["not written in dynamic blocks", "aws_security_group.mixed", "egress[4].description", "main.tf:98 attribute"],
    ["a member of a map", "aws_lambda_function.f", "environment[0].variables.TOKEN", "main.tf:113 attribute"],
    [
      "a member whose name no path can hold",
      "aws_lambda_function.f",
      "environment[0].variables.a b",
      "main.tf:111 attribute",
    ],
    ["no path at all", task, "[0]", "main.tf:1 block"],
  ])("%s", (_name, address, path, place) => {
    expect(placeIn(source, address, path)).toBe(place);
  });
});

describe("modules", () => {
  const tree = {
    "main.tf": `module "shop" {
  source   = "./modules/shop"
  for_each = local.shops
}
module "up" {
  source = "../shared"
}
module "registry" {
  source  = "terraform-aws-modules/ecr/aws"
}
module "remote" {
  source = "git::https://example.com/ecr.git"
}
module "gone" {
  source = "./gone"
}
module "twice" {
  source = "./modules/shop"
}
module "twice" {
  source = "./modules/shop"
}
`,
    "modules/shop/main.tf": `module "inner" {
  source = "../inner/"
}
module "remote" {
  source = "git::https://example.com/ecr.git"
}
resource "aws_x" "y" {}
`,
    "modules/inner/main.tf": '\nresource "aws_x" "y" {\n  a = 1\n}\n',
    "../shared/main.tf": '\n\nresource "aws_x" "y" {\n}\n',
    ".terraform/modules/registry/main.tf": 'module "nested" {\n  source = "./nested"\n}\n',
    ".terraform/modules/registry/nested/main.tf": 'resource "aws_x" "y" {\n  a = 1\n}\n',
  };
  const installed = { registry: ".terraform/modules/registry" };
  const modules = textSource(tree, installed);

  it.each([
    ['module.shop["a"].aws_x.y', null, "modules/shop/main.tf:7 block"],
    ['module.shop["a.b[0]"].module.inner.aws_x.y[0]', "a", "modules/inner/main.tf:3 attribute"],
    ["module.up.aws_x.y", null, "../shared/main.tf:3 block"],
    ["module.registry.module.nested.aws_x.y", "a", ".terraform/modules/registry/nested/main.tf:2 attribute"],
    ["module.remote.aws_x.y", "a", "main.tf:11 module-call"],
    ["module.remote.module.deeper.aws_x.y", "a", "main.tf:11 module-call"],
    ['module.shop["a"].module.remote.module.deeper.aws_x.y', "a", "modules/shop/main.tf:4 module-call"],
    ["module.gone.aws_x.y", "a", "main.tf:14 module-call"],
    ["module.twice.aws_x.y", "a", null],
    ["module.shop.aws_x.other", null, null],
  ])("%s %s", (address, path, place) => {
    expect(placeIn(modules, address, path)).toBe(place);
  });

  it("of a downloaded module the place, and the call in one's own source", () => {
    expect(modules.source.locate("module.registry.module.nested.aws_x.y", "a")).toEqual({
      file: ".terraform/modules/registry/nested/main.tf",
      line: 2,
      of: "attribute",
      call: { file: "main.tf", line: 8 },
    });
  });
});

describe("override files", () => {
  const overrides = textSource({
    "main.tf": `resource "aws_x" "y" {
  a = 1
  b = 1
  n {
    c = 1
  }
  m {
    c = 1
  }
  lifecycle {
    ignore_changes = [a]
  }
}
module "m" {
  source = "git::https://example.com/m.git"
}
`,
    "a_override.tf": 'resource "aws_x" "y" {\n  b = 2\n  d = 2\n  n {\n    e = 2\n  }\n}\n',
    "override.tf": `resource "aws_x" "y" {
  d = 3
  dynamic "m" {
    for_each = []
    content {}
  }
  lifecycle {
    create_before_destroy = true
  }
}
module "m" {
  source = "./m"
}
resource "aws_x" "without_base" {}
`,
    "m/main.tf": 'resource "aws_x" "y" {}\n',
  });

  it.each([
    [null, "main.tf:1 block"],
    ["a", "main.tf:1 block"],
    ["b", "a_override.tf:2 attribute"],
    ["d", "override.tf:2 attribute"],
    ["n[0].e", "a_override.tf:5 attribute"],
    ["n[0].c", "a_override.tf:4 attribute"],
    ["m[0].c", "override.tf:3 attribute"],
  ])("%s", (path, place) => {
    expect(placeIn(overrides, "aws_x.y", path)).toBe(place);
  });

  it("the source of a module", () => {
    expect(placeIn(overrides, "module.m.aws_x.y")).toBe("m/main.tf:1 block");
  });

  it("an override of nothing is nothing", () => {
    expect(placeIn(overrides, "aws_x.without_base")).toBeNull();
  });

  it("one that cannot be read may override every attribute, and moves no block", () => {
    const broken = textSource({ "main.tf": 'resource "aws_x" "y" {\n  a = 1\n}\n', "override.tf": "{" });
    expect([placeIn(broken, "aws_x.y"), placeIn(broken, "aws_x.y", "a")]).toEqual([
      "main.tf:1 block",
      "main.tf:1 block",
    ]);
  });
});

it("a block that cannot be read has its own line alone, a file that cannot be read none, and the others have theirs", () => {
  const broken = textSource({
    "file.tf": 'resource "aws_x" "w" {\n  a = 1\n}\n}\n',
    "main.tf": 'resource "aws_x" "y" {\n  a = 1\n  b = 2 3\n}\nresource "aws_x" "v" {\n  a = 1\n}\n',
    "more.tf": 'resource "aws_x" "z" {\n  a = 1\n}\n',
  });
  const places = ["w", "y", "v", "z"].map((name) => placeIn(broken, `aws_x.${name}`, "a"));
  expect(places).toEqual([null, "main.tf:1 block", "main.tf:6 attribute", "more.tf:2 attribute"]);
});

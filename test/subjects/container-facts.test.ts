import { describe, expect, it } from "vitest";
import { containerDefinitions } from "../../engine/model/container-definitions.ts";
import type { Container } from "../../engine/model/container-fields.ts";
import { jsonNode } from "../../engine/plan/node.ts";
import { Unknown } from "../../engine/plan/unknown.ts";
import { rightsFacts } from "../../engine/subjects/ecs/container-rights.ts";
import { openPorts, startsRemoteShell } from "../../engine/subjects/ecs/remote-administration.ts";

/** A container as its JSON in `container_definitions` says it. */
function container(definition: object): Container {
  const { containers } = containerDefinitions.read(
    jsonNode(JSON.stringify([definition]), "container_definitions", false),
  );
  const [only] = containers instanceof Unknown ? [] : containers;
  if (only === undefined || only instanceof Unknown) throw new Error("the definition is no container");
  return only;
}

/** The container with an entry point and a command, in which `null` stands for what the plan does not tell. */
function starting(entryPoint: (string | null)[], command: (string | null)[]): Container {
  const list = (words: (string | null)[], path: string): Container["command"] => ({
    state: words.length === 0 ? "unset" : "known",
    value: words.map((word) => word ?? new Unknown("after-apply")),
    path,
    sensitive: false,
  });
  return { ...container({}), entryPoint: list(entryPoint, "entryPoint"), command: list(command, "command") };
}

it("names in any case, as the provider reads them", () => {
  const { privileged, readonlyRootFilesystem } = container({ Privileged: true, READONLYROOTFILESYSTEM: true });
  expect([privileged.value, readonlyRootFilesystem.value]).toEqual([true, true]);
  expect(container({ Privileged: true, privileged: false }).privileged.value).toBe(false);
  expect(container({ privilege: true }).privileged.value).toBe(false);
});

describe("a container that starts a daemon for remote administration", () => {
  it.each<[(string | null)[], (string | null)[], boolean | null]>([
    [[], [], false],
    [[], ["/usr/sbin/sshd", "-D"], true],
    [["sshd"], [], true],
    [["/entrypoint.sh"], ["sshd"], true],
    [["tini", "--"], ["dropbear"], true],
    [["tini", "-g", "--", "sshd"], [], true],
    [["tini", "--"], ["node", "sshd"], false],
    [["C:\\OpenSSH\\sshd.exe"], [], true],
    [["grep"], ["-r", "sshd"], false],
    [[], ["node", "sshd"], false],
    [[], ["sshd-proxy"], false],
    [["sh", "-c"], ["telnetd; node server.js"], true],
    [["/bin/bash", "-ec", "FOO=1 exec /usr/sbin/sshd -D"], [], true],
    [[], ["sh", "-c", "pgrep sshd || (xrdp &)"], true],
    [[], ["sh", "-c", "echo sshd"], false],
    [[], ["sh", "run.sh", "sshd"], false],
    [[], ["sh", "-c"], false],
    [[], [null], null],
    [["sshd"], [null], true],
    [[], ["node", null], false],
    [["sh", "-c"], [null], null],
    [["tini", "--"], [null, "sshd"], null],
  ])("%j %j: %s", (entryPoint, command, expected) => {
    const found = startsRemoteShell(starting(entryPoint, command));
    expect(found instanceof Unknown ? null : found).toBe(expected);
  });
});

describe("open ports", () => {
  it.each<[object[], string[]]>([
    [
      [{ containerPort: 22 }, { containerPort: 8080 }],
      ["22-22", "8080-8080"],
    ],
    [[{ containerPortRange: "22-23" }], ["22-23"]],
    [[{ hostPort: 22, containerPort: 8022 }], ["8022-8022"]],
    [[{ hostPort: 22 }], []],
  ])("%j opens %j", (portMappings, expected) => {
    const { value } = container({ portMappings }).portMappings;
    expect(value instanceof Unknown ? null : openPorts(value)).toEqual(expected);
  });

  it("a port that is no number is unknown", () => {
    const { value } = container({ portMappings: [{ containerPort: "22" }] }).portMappings;
    expect(value instanceof Unknown ? null : openPorts(value)).toEqual([new Unknown("unexpected-shape")]);
  });
});

it("names of rights are brought to one form", () => {
  const facts = rightsFacts(
    container({
      linuxParameters: {
        capabilities: { add: ["cap_sys_admin", "NET_BIND_SERVICE"], drop: ["all"] },
        devices: [{ hostPath: "/dev/fuse" }, { containerPath: "/dev/null" }],
      },
      dockerSecurityOptions: ["seccomp=unconfined", "no-new-privileges:true", "no-new-privileges:false"],
      systemControls: [
        { namespace: "kernel.shmmax", value: "1" },
        { namespace: "net.ipv4.ip_forward", value: "1" },
        { namespace: "net.ipv4.ip_forward", value: "0" },
        { namespace: "net.core.somaxconn", value: "1024" },
        { value: "1" },
      ],
    }),
  );
  expect(Object.entries(facts).map(([name, { value, path }]) => [name, value, path])).toEqual([
    [
      "addedCapabilities",
      ["SYS_ADMIN", "NET_BIND_SERVICE"],
      "container_definitions[0].linuxParameters.capabilities.add",
    ],
    ["nearHostCapabilities", ["SYS_ADMIN"], "container_definitions[0].linuxParameters.capabilities.add"],
    ["droppedCapabilities", ["ALL"], "container_definitions[0].linuxParameters.capabilities.drop"],
    ["devices", ["/dev/fuse", new Unknown("unexpected-shape")], "container_definitions[0].linuxParameters.devices"],
    [
      "securityOptions",
      ["seccomp:unconfined", "no-new-privileges", "no-new-privileges:false"],
      "container_definitions[0].dockerSecurityOptions",
    ],
    [
      "hostSystemControls",
      ["kernel.shmmax", "net.ipv4.ip_forward", new Unknown("unexpected-shape")],
      "container_definitions[0].systemControls",
    ],
  ]);
});

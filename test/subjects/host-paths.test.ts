import { expect, it } from "vitest";
import { normalisePath } from "../../engine/subjects/ecs/host-paths.ts";

it.each([
  ["/", "/"],
  ["/etc/", "/etc"],
  ["//etc", "/etc"],
  ["/opt/../var//run/./docker.sock", "/var/run/docker.sock"],
  ["/../..", "/"],
  ["/data", "/data"],
  ["data", "data"],
  ["c:\\", "C:\\"],
  ["C:", "C:\\"],
  ["c:/ProgramData\\..\\Windows/", "C:\\Windows"],
  ["\\\\.\\pipe\\docker_engine", "\\\\.\\pipe\\docker_engine"],
  ["//./pipe/docker_engine", "\\\\.\\pipe\\docker_engine"],
])("%s is %s", (path, expected) => {
  expect(normalisePath(path)).toBe(expected);
});

import { expect, it } from "vitest";
import type { Action } from "../../engine/buildspec/actions.ts";
import { parseBuildspec } from "../../engine/buildspec/buildspec.ts";
import { understandBuildspec } from "../../engine/buildspec/understand.ts";
import { Unknown } from "../../engine/plan/unknown.ts";

const input = {
  variables: new Map<string, string | null>(),
  isWindows: false,
  wrappers: { vulnerabilities: ["./scan.sh"], configuration: [] },
};

function understand(commands: readonly string[]) {
  const found = understandBuildspec(
    parseBuildspec(JSON.stringify({ version: 0.2, phases: { build: { commands } } })).buildspec,
    input,
  );
  if (found instanceof Unknown) throw new Error(found.detail ?? "");
  return found;
}

/** One word for each thing that a command is understood to do. */
function describeAction({ scans, images, signature, contentTrust, isOpaque, run }: Action): string {
  const { failure, conditions } = run;
  const parts = [
    ...scans.map(
      ({ tool, finds, fails }) =>
        `${tool} ${finds} ${fails === null ? "perhaps fails" : fails ? "fails" : "never fails"}`,
    ),
    ...(images?.builds === true ? ["builds"] : []),
    ...(images?.pushes === true ? [`pushes ${images.image}`] : images?.pushes === null ? ["perhaps pushes"] : []),
    ...(signature === null ? [] : [signature]),
    ...(contentTrust === true ? ["trusted"] : contentTrust === null ? ["perhaps trusted"] : []),
    ...(isOpaque ? ["opaque"] : []),
  ];
  if (parts.length === 0) return "";
  const fate = failure.kind === "stops" ? "" : ` (${failure.kind}: ${failure.because})`;
  return `${parts.join(", ")}${fate}${conditions.map(({ kind }) => ` [${kind}]`).join("")}`;
}

/** Command text -> what is understood of it: what it does, what becomes of its failure, and under which condition it runs. */
const cases: readonly (readonly [string, readonly string[]])[] = [
  ["trivy image $R:$T", ["trivy vulnerabilities never fails"]],
  ['trivy image --exit-code 1 --severity HIGH,CRITICAL "$R:$T"', ["trivy vulnerabilities fails"]],
  ["trivy image --exit-code=0 a", ["trivy vulnerabilities never fails"]],
  ["trivy image --exit-code 1 --exit-code 0 a", ["trivy vulnerabilities never fails"]],
  ["trivy image --exit-code=0 --exit-code 1 a", ["trivy vulnerabilities fails"]],
  ["trivy image --exit-code 1 $TRIVY_OPTS a", ["trivy vulnerabilities perhaps fails"]],
  ["grype a --fail-on high $IMAGE", ["grype vulnerabilities fails"]],
  ["dockle --exit-code 1 --exit-code=0 a", ["dockle configuration never fails"]],
  ["hadolint --no-fail --no-fail=false Dockerfile", ["hadolint configuration fails"]],
  ["docker build --push --push=false .", ["builds"]],
  ["docker build --output type=local --output type=registry .", ["builds, pushes null"]],
  [
    "docker run -d aquasec/trivy image --exit-code 1 a",
    ["trivy vulnerabilities fails (swallowed: the container runs in the background, detached)"],
  ],
  [
    "docker run --rm -itd aquasec/trivy image --exit-code 1 a",
    ["trivy vulnerabilities fails (swallowed: the container runs in the background, detached)"],
  ],
  [
    "docker container run --detach aquasec/trivy image --exit-code 1 a",
    ["trivy vulnerabilities fails (swallowed: the container runs in the background, detached)"],
  ],
  ["docker run --detach=false --rm -it aquasec/trivy image --exit-code 1 -d a", ["trivy vulnerabilities fails"]],
  ["trivy image --exit-code $CODE a", ["trivy vulnerabilities perhaps fails"]],
  ["CODE=1 && trivy image --exit-code $CODE a", ["trivy vulnerabilities fails"]],
  ["export TRIVY_EXIT_CODE=1; trivy image a", ["trivy vulnerabilities fails"]],
  ["TRIVY_EXIT_CODE=1 trivy image a", ["trivy vulnerabilities fails"]],
  ["trivy image $TRIVY_OPTS a", ["trivy vulnerabilities perhaps fails"]],
  ["trivy image --exit-code 1 a || true", ["trivy vulnerabilities fails (swallowed: what follows || always succeeds)"]],
  ["trivy image --exit-code 1 a || :", ["trivy vulnerabilities fails (swallowed: what follows || always succeeds)"]],
  [
    "trivy image --exit-code 1 a || exit 0",
    ["trivy vulnerabilities fails (swallowed: what follows || always succeeds)"],
  ],
  ["trivy image --exit-code 1 a || exit 1", ["trivy vulnerabilities fails"]],
  ["trivy image --exit-code 1 a || { echo bad; exit 1; }", ["trivy vulnerabilities fails"]],
  [
    "trivy image --exit-code 1 a || echo bad",
    ["trivy vulnerabilities fails (swallowed: what follows || always succeeds)"],
  ],
  [
    "trivy image --exit-code 1 a || ./notify.sh",
    ["trivy vulnerabilities fails (unclear: what follows || may hide the failure)", "opaque [other]"],
  ],
  [
    "trivy image --exit-code 1 a; true",
    ["trivy vulnerabilities fails (swallowed: more commands follow in the same entry, and the last one decides)"],
  ],
  [
    "trivy image --exit-code 1 a\ndocker push a",
    [
      "trivy vulnerabilities fails (swallowed: more commands follow in the same entry, and the last one decides)",
      "pushes a",
    ],
  ],
  ["set -e\ntrivy image --exit-code 1 a\ndocker push a", ["trivy vulnerabilities fails", "pushes a"]],
  [
    "set -euo pipefail; trivy image --exit-code 1 a | tee log; docker push a",
    ["trivy vulnerabilities fails", "pushes a"],
  ],
  [
    "trivy image --exit-code 1 a | tee log",
    ["trivy vulnerabilities fails (swallowed: its output is piped on without pipefail)"],
  ],
  ["trivy image --exit-code 1 a && docker push a", ["trivy vulnerabilities fails", "pushes a"]],
  [
    "set +e; trivy image --exit-code 1 a; docker push a",
    [
      "trivy vulnerabilities fails (swallowed: more commands follow in the same entry, and the last one decides)",
      "pushes a",
    ],
  ],
  ["trivy image --exit-code 1 a & wait", ["trivy vulnerabilities fails (swallowed: it runs in the background)"]],
  ["! trivy image --exit-code 1 a", ["trivy vulnerabilities fails (swallowed: ! turns its failure into success)"]],
  ["if ! trivy image --exit-code 1 a; then exit 1; fi", ["trivy vulnerabilities fails"]],
  [
    "if trivy image --exit-code 1 a; then docker push a; else exit 1; fi",
    ["trivy vulnerabilities fails", "pushes a [other]"],
  ],
  [
    "if trivy image --exit-code 1 a; then docker push a; fi",
    ["trivy vulnerabilities fails (unclear: it is the condition of an if)", "pushes a [other]"],
  ],
  ['if [ "$SKIP_SCAN" != true ]; then trivy image --exit-code 1 a; fi', ["trivy vulnerabilities fails [variable]"]],
  ['[ -n "$SKIP_SCAN" ] || trivy image --exit-code 1 a', ["trivy vulnerabilities fails [variable]"]],
  ['[ -z "$SKIP_SCAN" ] && trivy image --exit-code 1 a', ["trivy vulnerabilities fails"]],
  [
    "for i in a b; do trivy image --exit-code 1 $i; done",
    ["trivy vulnerabilities fails (unclear: it runs in a loop, of which the last turn decides)"],
  ],
  ["set -e; for i in a b; do trivy image --exit-code 1 $i; done", ["trivy vulnerabilities fails"]],
  [
    "trivy image --exit-code 1 a\nif [ $? -ne 0 ]; then exit 1; fi",
    ["trivy vulnerabilities fails (unclear: a later command looks at the exit code)"],
  ],
  ["(trivy image --exit-code 1 a)", ["trivy vulnerabilities fails"]],
  ["(set -e; trivy image --exit-code 1 a; echo done)", ["trivy vulnerabilities fails"]],
  ["bash -c 'trivy image --exit-code 1 a'", ["trivy vulnerabilities fails"]],
  ['bash -ec "trivy image --exit-code 1 a; echo x"', ["trivy vulnerabilities fails"]],
  ['scan() { trivy image --exit-code 1 "$1"; }; scan a', ["trivy vulnerabilities fails"]],
  ["sudo -E timeout 600 trivy image --exit-code 1 a", ["trivy vulnerabilities fails"]],
  [
    "docker run --rm -v /var/run/docker.sock:/var/run/docker.sock aquasec/trivy:0.60 image --exit-code 1 a",
    ["trivy vulnerabilities fails"],
  ],
  ["docker run --rm app npm test", ["opaque"]],
  ["OUT=$(trivy image --exit-code 1 a)", ["trivy vulnerabilities fails"]],
  [
    "echo $(trivy image --exit-code 1 a)",
    ["trivy vulnerabilities fails (swallowed: its output is used, not its exit code)"],
  ],
  ["trivy config --exit-code 1 .", []],
  ["trivy image --download-db-only", []],
  [
    "trivy image --exit-code 1 --image-config-scanners misconfig a",
    ["trivy vulnerabilities fails, trivy configuration fails"],
  ],
  ["dockle --exit-code 1 --exit-level warn a", ["dockle configuration fails"]],
  ["dockle -c 1 -i CIS-DI-0001 a", ["dockle configuration fails"]],
  ["dockle a", ["dockle configuration never fails"]],
  ["grype a --fail-on high", ["grype vulnerabilities fails"]],
  ["grype a", ["grype vulnerabilities never fails"]],
  ["snyk container test a", ["snyk vulnerabilities fails"]],
  ["docker scout cves --exit-code a", ["docker-scout vulnerabilities fails"]],
  ["docker build -t a .", ["builds"]],
  ["docker buildx build --push -t a .", ["builds, pushes a"]],
  ["docker buildx build -o type=registry -t a .", ["builds, pushes a"]],
  ["docker build $BUILD_ARGS .", ["builds, perhaps pushes"]],
  ["/kaniko/executor --destination a", ["builds, pushes a"]],
  ["/kaniko/executor --no-push", ["builds"]],
  ["crane copy a b", ["pushes b"]],
  ["skopeo copy docker-daemon:a docker://b", ["pushes docker://b"]],
  ["skopeo copy docker://a oci:b", []],
  ["podman push a", ["pushes a"]],
  ["buildah bud -t a .", ["builds"]],
  ["cosign sign --yes a", ["cosign sign"]],
  ["notation verify a", ["notation verify"]],
  ["DOCKER_CONTENT_TRUST=1 docker pull a", ["trusted"]],
  ["export DOCKER_CONTENT_TRUST=1; docker build --disable-content-trust .", ["builds"]],
  ["./scan.sh a", ["wrapper vulnerabilities fails"]],
  ["./other.sh a", ["opaque"]],
  ["make scan", ["opaque"]],
  ["$(aws ecr get-login --no-include-email --region eu-west-1)", []],
  ["curl -sfL https://example.com/install.sh | sh -s -- -b /usr/local/bin", ["opaque"]],
  ["docker compose build --push", ["builds, pushes null"]],
  ["docker --context remote push a", ["pushes a"]],
  ["env DOCKER_CONTENT_TRUST=1 docker pull a", ["trusted"]],
  ["docker pull a", []],
  ["npm test", []],
  ["npm run lint", []],
  ["npm run docker:scan", ["opaque"]],
  ["$SCANNER a", ["opaque"]],
  ["source ./env.sh", ["opaque"]],
  ['eval "trivy image --exit-code 1 a"', ["trivy vulnerabilities fails"]],
  ['if [ "$CODEBUILD_BUILD_SUCCEEDING" = 1 ]; then docker push a; fi', ["pushes a [succeeding]"]],
  ['[ "$CODEBUILD_BUILD_SUCCEEDING" -eq 1 ] && docker push a', ["pushes a [succeeding]"]],
  ["[ $CODEBUILD_BUILD_SUCCEEDING = 1 ] || exit 1; docker push a", ["pushes a [succeeding]"]],
  ["test $CODEBUILD_BUILD_SUCCEEDING = 0 || docker push a", ["pushes a [succeeding]"]],
  ['if [ "$X" ]; then exit 0; fi; trivy image --exit-code 1 a', ["trivy vulnerabilities fails [variable]"]],
  [
    "trap 'exit 0' EXIT; trivy image --exit-code 1 a",
    ["trivy vulnerabilities fails (unclear: a trap may change the exit code)"],
  ],
  ["case $STAGE in prod) trivy image --exit-code 1 a;; esac", ["trivy vulnerabilities fails [variable]"]],
  ["aws ecr get-login-password | docker login --username AWS --password-stdin $R", []],
  ["command -v trivy && trivy image --exit-code 1 a", ["trivy vulnerabilities fails"]],
  ["xargs -n 1 trivy image --exit-code 1 < images.txt", ["trivy vulnerabilities fails"]],
  ["trivy image --config trivy.yaml a", ["trivy vulnerabilities perhaps fails"]],
  ["trivy --exit-code 1 a", ["trivy vulnerabilities fails"]],
  ["trivy fs --exit-code 1 --scanners secret .", []],
  [
    "while read i; do trivy image --exit-code 1 $i; done < list",
    ["trivy vulnerabilities fails (unclear: it runs in a loop, of which the last turn decides) [other]"],
  ],
];
it.each(cases)("%j", (text, understood) => {
  expect(
    understand([text])
      .actions.map(describeAction)
      .filter((line) => line !== ""),
  ).toEqual(understood);
});

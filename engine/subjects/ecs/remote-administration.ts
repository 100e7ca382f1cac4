import { mapAttribute } from "../../model/attribute.ts";
import type { Container } from "../../model/container-fields.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { shellCommands } from "../../secrets/shell-words.ts";
import { allOf, anyOf, test } from "../../three-valued.ts";
import { derivedFact } from "../subject.ts";

const daemons = new Set(["sshd", "dropbear", "xrdp", "telnetd"]);
const shells = new Set(["sh", "bash", "ash", "dash", "ksh", "zsh"]);
/** What may stand before a program without being it, with how many words of its own beside options. */
const runners: ReadonlyMap<string, number> = new Map([
  ...["exec", "env", "nohup", "sudo", "tini", "dumb-init", "busybox", "nice", "setsid", "stdbuf", "catatonit"].map(
    (name) => [name, 0] as const,
  ),
  ...["timeout", "gosu", "su-exec", "chroot", "s6-setuidgid"].map((name) => [name, 1] as const),
  // Words of the shell itself.
  ...["if", "then", "else", "elif", "do", "while", "until", "!", "{", "time"].map((name) => [name, 0] as const),
]);
/** Services that a program for services starts: `service ssh start`, `systemctl start sshd`, `/etc/init.d/ssh start`. */
const services = new Set(["ssh", "sshd", "dropbear", "xrdp", "telnetd"]);
const serviceManagers = new Set(["service", "systemctl", "rc-service"]);

/** How people may get into a running container: ports, daemons, a terminal. */
export function remoteAdministrationFacts(container: Container) {
  const { entryPoint, command } = container;
  return {
    ports: mapAttribute(container.portMappings, openPorts),
    startsRemoteShell: derivedFact(startsRemoteShell(container), {
      path: entryPoint.state === "unset" || startsDaemon(command.value) === true ? command.path : entryPoint.path,
    }),
    interactive: container.interactive,
    pseudoTerminal: container.pseudoTerminal,
  };
}

type PortMappings = Exclude<Container["portMappings"]["value"], Unknown>;

/** The ports that the mappings open, as ranges. Source: ECS API Reference, PortMapping: `8000` or `8000-9000`. */
export function openPorts(mappings: PortMappings): Maybe<string>[] {
  return mappings.flatMap((mapping): Maybe<string>[] => {
    if (mapping instanceof Unknown) return [mapping];
    const port = mapping.containerPort.value;
    const range = mapping.containerPortRange.value;
    return [
      ...(port instanceof Unknown ? [port] : port === null ? [] : [`${port}-${port}`]),
      ...(range === null ? [] : [range]),
    ];
  });
}

/** Whether the entry point or the command starts a daemon; the command may also be for an entry point that is a script. */
export function startsRemoteShell(container: Container): Maybe<boolean> {
  const lines = [container.entryPoint.value, container.command.value, both(container)];
  return anyOf(lines.map(startsDaemon));
}

/** The entry point with the command as its arguments, which is what runs. */
function both({ entryPoint, command }: Container): Maybe<readonly Maybe<string>[]> {
  if (entryPoint.value instanceof Unknown) return entryPoint.value;
  return command.value instanceof Unknown ? command.value : [...entryPoint.value, ...command.value];
}

/** Whether a command line starts a daemon for remote administration, by itself or by the script of a shell. */
function startsDaemon(line: Maybe<readonly Maybe<string>[]>): Maybe<boolean> {
  if (line instanceof Unknown) return line;
  const [first, ...rest] = withoutRunners(line);
  if (first === undefined) return false;
  const words = rest.filter((word) => typeof word === "string");
  return anyOf([
    test(first, (word) => isDaemon([word, ...words])),
    allOf([test(first, (word) => shells.has(programOf(word))), scriptStartsDaemon(rest)]),
  ]);
}

/** The script of a shell is what follows `-c`, which may stand among other letters (`-ec`). */
function scriptStartsDaemon(rest: readonly Maybe<string>[]): Maybe<boolean> {
  const at = rest.findIndex((word) => word instanceof Unknown || /^-[a-z]*c$/.test(word));
  const option = rest[at];
  const script = rest[at + 1];
  if (option === undefined || script === undefined) return option instanceof Unknown ? option : false;
  if (option instanceof Unknown) return option;
  return test(script, (text) => shellCommands(text).some((words) => isDaemon(withoutRunners(words))));
}

/** Whether the words run a daemon, or start its service. */
function isDaemon([first = "", ...rest]: readonly string[]): boolean {
  const program = programOf(first);
  if (daemons.has(program)) return true;
  if (/\/init\.d\/[^/]+$/.test(first)) return services.has(program) && rest.includes("start");
  return (
    serviceManagers.has(program) &&
    /^(?:re)?start$/m.test(rest.join("\n")) &&
    rest.some((word) => services.has(word.replace(/\.service$/, "")))
  );
}

/** Without the assignments, and the programs with their options, that stand before the program itself. */
function withoutRunners<T extends Maybe<string>>(words: readonly T[]): readonly T[] {
  let isBehindRunner = false;
  let ownWords = 0;
  for (const [at, word] of words.entries()) {
    if (word instanceof Unknown) return words.slice(at);
    const own = runners.get(programOf(word));
    if (own !== undefined) {
      isBehindRunner = true;
      ownWords = own;
    } else if (!/^\w+=/.test(word) && !(isBehindRunner && word.startsWith("-"))) {
      if (ownWords === 0) return words.slice(at);
      ownWords -= 1;
    }
  }
  return [];
}

/** `/usr/sbin/sshd` and `C:\\OpenSSH\\sshd.exe` alike to `sshd`. */
function programOf(word: string): string {
  return word.slice(Math.max(word.lastIndexOf("/"), word.lastIndexOf("\\")) + 1).replace(/\.exe$/i, "");
}

/** How an option of a program holds a secret. */
export interface SecretOption {
  /** Without a name of its own: `-p`, `--user`. */
  readonly option: string;
  /**
   * `joined`: in the same word only, `-pSECRET`; `value`: the next word or the same; `login`: `user:password`; `header`: a line
   * of HTTP; `source`: `pass:SECRET`, beside other ways to say where it is.
   */
  readonly form: "joined" | "value" | "login" | "header" | "source";
}

interface Program {
  readonly names: RegExp;
  readonly options: readonly SecretOption[];
  /** One of its first arguments, for the options to mean this: `docker login -p`, but `docker run -p 80:80`. */
  readonly command?: string;
}

const options = (form: SecretOption["form"], ...names: readonly string[]): SecretOption[] =>
  names.map((option) => ({ option, form }));

/**
 * Options that hold a secret and do not say so by their names. Sources: the manual pages of the programs (curl(1), mysql(1),
 * redis-cli, sshpass(1), ldapsearch(1), mongosh, sqlcmd, openssl-passphrase-options(1), docker login, htpasswd(1)).
 */
export const programs: readonly Program[] = [
  {
    names: /^curl$/,
    options: [
      ...options("login", "-u", "--user", "-U", "--proxy-user"),
      ...options("header", "-H", "--header", "--proxy-header"),
      ...options("value", "--oauth2-bearer"),
    ],
  },
  { names: /^wget$/, options: options("header", "--header") },
  {
    names: /^(?:mysql|mariadb)(?:admin|dump|check|import|show|slap|pump|sh|-[a-z]+)?$/,
    options: options("joined", "-p"),
  },
  {
    names: /^(?:docker|podman|nerdctl|buildah|helm|oras|az|crane|regctl)$/,
    options: options("value", "-p"),
    command: "login",
  },
  { names: /^sshpass$/, options: options("value", "-p") },
  { names: /^redis-(?:cli|benchmark)$/, options: options("value", "-a") },
  { names: /^mongo(?:sh|dump|restore|export|import|stat|top)?$/, options: options("value", "-p") },
  { names: /^ldap(?:search|add|modify|delete|whoami|passwd|compare)$/, options: options("value", "-w") },
  { names: /^rabbitmqadmin$/, options: options("value", "-p") },
  { names: /^(?:sqlcmd|bcp)$/, options: options("value", "-P") },
  { names: /^(?:un)?zip$/, options: options("value", "-P") },
  { names: /^openssl$/, options: options("source", "-passin", "-passout", "-pass") },
];

/** Programs whose `--secret` names a secret of theirs, or says where it is: `docker build --secret id=npm,env=NPM_TOKEN`. */
export const secretNamers = /^(?:docker|podman|nerdctl|buildah|buildctl)$/;

const eager = /stdColumns: (typeof process\.stdout\.columns !== 'undefined' \? process\.stdout\.columns : null)/;

/** A rolldown plugin: yargs asks for the width of the terminal where it prints its help, and not at every start. */
export const yargsWithoutStreams = {
  name: "yargs-without-streams",
  transform(code: string, id: string) {
    if (!id.endsWith("/yargs/lib/platform-shims/esm.mjs")) return null;
    if (!eager.test(code)) throw new Error(`${id}: where is stdColumns?`);
    return code.replace(eager, "get stdColumns() { return $1; }");
  },
};

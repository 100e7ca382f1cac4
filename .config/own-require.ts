/** Stands for `node:module`, which takes start-up time: in CommonJS a file has a `require` of its own. */
export function createRequire(): NodeJS.Require {
  return require;
}

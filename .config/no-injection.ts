/** Stands for light-my-request, with which tests ask Fastify without a socket: nobody does so here. */
export default function inject(): never {
  throw new TypeError("a request without a socket");
}

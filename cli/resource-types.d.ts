/** What the build makes of the folders of `@cdktf/provider-aws`; see `.config/resource-types.ts`. */
declare module "plimsoll:resource-types" {
  /** All resource types of the AWS provider, without `aws_`, with a space between them. */
  const names: string;
  export default names;
}

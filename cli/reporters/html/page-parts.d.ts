/** What the build makes of the folder `page`; see `.config/page-parts.ts`. */
declare module "plimsoll:page-parts" {
  export const style: string;
  export const script: string;
}

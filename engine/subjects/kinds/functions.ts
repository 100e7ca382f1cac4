import { flag, text, word } from "./fact-schemas.ts";

/** Kinds of who may call functions of Lambda. */
export const functionKinds = {
  "function-permission": {
    description: "What lets others call a function: a permission in its policy, or its URL.",
    facts: {
      place: word(text("permission or url.")),
      functionName: text("Name of the function."),
      principal: text("Principal of the permission, as written; null for a URL."),
      isOpenToEveryAccount: flag(
        "Whether every account may call it: the principal is everyone or a service of AWS, and no condition leaves only some accounts, organizations or sources; or its URL asks for no authentication.",
      ),
      isPublicUrl: flag("Whether it is a URL with authorization_type NONE."),
    },
  },
} as const;

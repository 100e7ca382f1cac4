import { knowledge } from "./knowledge.ts";

knowledge(2, 4);

import { knowledge } from "./knowledge.ts";

knowledge(1, 4);

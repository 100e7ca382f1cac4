import { knowledge } from "./knowledge.ts";

knowledge(0, 4);

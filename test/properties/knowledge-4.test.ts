import { knowledge } from "./knowledge.ts";

knowledge(3, 4);

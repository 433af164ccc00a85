// Answers only where there is no facade: see middleware.ts.
import { handlers } from "@/auth";

export const { GET, POST } = handlers;

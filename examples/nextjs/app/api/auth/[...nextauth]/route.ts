// Used only without a facade: see middleware.ts.
import { handlers } from "@/auth";

export const { GET, POST } = handlers;

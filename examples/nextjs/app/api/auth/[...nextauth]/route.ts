// Forwards /api/auth/* to the facade.
import { handlers } from "@/auth";

export const { GET, POST } = handlers;

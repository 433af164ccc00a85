// The signal outside of a component, so that no compiler is needed.
import { Injector, runInInjectionContext } from "@angular/core";
import { injectSession } from "multi-client-auth/angular";
import { paint } from "./session.js";

const session = runInInjectionContext(Injector.create({ providers: [] }), () => injectSession());
setInterval(() => paint(session()), 20);

import * as nextAuth from "next-auth-4/react";
import { show } from "./react.jsx";

show(nextAuth);

import * as nextAuth from "next-auth/react";
import { show } from "./react.jsx";

show(nextAuth);

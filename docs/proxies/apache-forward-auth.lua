-- Asks the facade who is signed in, for apache-forward-auth.conf. It contains a secret: only root and Apache may read it.

-- The application's host. With another one, the session of another application would count.
local HOST = "portfolio.example.com"

-- It has the application's client id and, if you want, rules: /api/auth/verify?client=portfolio&provider=github
local ADDRESS = "http://facade.internal:8090/api/auth/verify?client=portfolio"
local SECRET = "the value of MCA_FORWARD_AUTH_SECRET"

-- Open for everybody: / and these, with what is below them. All else is for users who are signed in.
local OPEN = { "/public/" }

local http = require("socket.http")
http.TIMEOUT = 5

-- What the application or the API gets of the answer.
local FROM_THE_FACADE = {
    "X-Auth-Request-User",
    "X-Auth-Request-Email",
    "X-Auth-Request-Preferred-Username",
    "X-Auth-Request-Groups",
    "X-Auth-Request-Provider",
}

-- What the facade gets of the request.
local OF_THE_REQUEST = {
    "Accept", "Accept-Language", "Cookie", "Origin", "Referer", "User-Agent",
    "Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest", "Sec-Fetch-User",
}

-- These names come from the facade or not at all. Some servers read an underscore as a hyphen.
local function remove_forged_headers(r)
    for name in pairs(r:headers_in_table()) do
        local lower = name:lower()
        if lower:find("_", 1, true)
            or lower:find("^x%-auth%-request%-")
            or lower:find("^x%-forward%-auth%-")
            or lower:find("^x%-original%-")
            or lower == "x-forwarded-uri"
            or lower == "authorization"
        then
            r.headers_in[name] = nil
        end
    end
    -- It names headers that Apache removes before it passes the request on.
    local connection = (r.headers_in["Connection"] or ""):lower()
    if connection:find("x%-auth%-request%-") or connection:find("authorization") then
        r.headers_in["Connection"] = nil
    end
end

-- The application gets the path as it is here, decoded and without dot segments. Paths with other characters, such as % or ;,
-- are not open.
local function is_open(path)
    if path:find("[^%w_/.~-]") or path:find("/[^%w_]") then
        return false
    end
    for _, open in ipairs(OPEN) do
        if (path .. "/"):sub(1, #open) == open then
            return true
        end
    end
    return path == "/"
end

local function is_for_another_host(r)
    return (r.headers_in["Host"] or ""):lower() ~= HOST
end

local function ask(r)
    local headers = {
        ["Host"] = HOST,
        ["X-Forward-Auth-Secret"] = SECRET,
        ["X-Original-URL"] = "https://" .. HOST .. r.unparsed_uri,
        ["X-Forwarded-Method"] = r.method,
        ["X-Forwarded-Proto"] = "https",
        ["X-Forwarded-Port"] = "443",
        ["X-Forwarded-Host"] = HOST,
        ["X-Forwarded-For"] = r.useragent_ip,
    }
    for _, name in ipairs(OF_THE_REQUEST) do
        headers[name] = r.headers_in[name]
    end
    local done, status, answer = http.request({
        url = ADDRESS,
        headers = headers,
        redirect = false,
    })
    if not done then
        r:err("The facade does not answer: " .. tostring(status))
        return 503, {}
    end
    -- The facade renews the session's cookie from time to time. apache-forward-auth.conf removes what the application says
    -- about caches.
    if answer["set-cookie"] then
        r.err_headers_out["Set-Cookie"] = answer["set-cookie"]
        r.err_headers_out["Cache-Control"] = "private, no-store"
        r.subprocess_env["session_renewed"] = "1"
    end
    return status, answer
end

-- Without an answer that is 200 nobody passes.
local function pass(r, status, answer)
    if status ~= 200 then
        return (status == 401 or status == 403) and status or 503
    end
    for _, name in ipairs(FROM_THE_FACADE) do
        r.headers_in[name] = answer[name:lower()] or ""
    end
    return apache2.OK
end

function forward_auth(r)
    if is_for_another_host(r) then
        return 421
    end
    remove_forged_headers(r)
    if is_open(r.uri) or r.uri:find("^/api/auth/") then
        return apache2.DECLINED
    end
    local status, answer = ask(r)
    if r.uri:find("^/api/") then
        -- An API. It gets the access token in place of the cookies. Scripts get 401.
        if status == 200 then
            r.headers_in["Cookie"] = nil
            if answer["authorization"] then
                r.headers_in["Authorization"] = answer["authorization"]
            end
        end
    elseif status == 401 and answer["x-auth-request-redirect"] then
        -- Others sign in, and come back.
        r.err_headers_out["Location"] = answer["x-auth-request-redirect"]
        return 302
    end
    return pass(r, status, answer)
end

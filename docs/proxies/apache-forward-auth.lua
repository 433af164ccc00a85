-- Asks the facade who is signed in, for apache-forward-auth.conf. It contains a secret: only root and Apache may read it.

-- The application's host. With another one, the session of another application would count.
local HOST = "portfolio.example.com"

-- It has the application's client id and, if you want, rules: /api/auth/verify?client=portfolio&provider=github
local ADDRESS = "http://facade.internal:8090/api/auth/verify?client=portfolio"
local SECRET = "the value of MCA_FORWARD_AUTH_SECRET"

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

-- These names come from the facade or not at all. Some servers read an underscore as a hyphen. Removes them once: a
-- request goes through the functions of all Locations above it.
local function remove_forged_headers(r)
    if r.notes["forward-auth"] then
        return
    end
    r.notes["forward-auth"] = "clean"
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
    -- The facade renews the session's cookie from time to time.
    if answer["set-cookie"] then
        r.err_headers_out["Set-Cookie"] = answer["set-cookie"]
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

function for_everybody(r)
    if is_for_another_host(r) then
        return 421
    end
    remove_forged_headers(r)
    return apache2.DECLINED
end

function for_users(r)
    if is_for_another_host(r) then
        return 421
    end
    remove_forged_headers(r)
    local status, answer = ask(r)
    local sign_in = answer["x-auth-request-redirect"]
    if status == 401 and sign_in then
        r.err_headers_out["Location"] = sign_in
        return 302
    end
    return pass(r, status, answer)
end

function for_scripts(r)
    if is_for_another_host(r) then
        return 421
    end
    remove_forged_headers(r)
    local status, answer = ask(r)
    if status == 200 then
        r.headers_in["Cookie"] = nil
        if answer["authorization"] then
            r.headers_in["Authorization"] = answer["authorization"]
        end
    end
    return pass(r, status, answer)
end

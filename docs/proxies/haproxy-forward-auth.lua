-- Asks the facade who is signed in, for haproxy-forward-auth.cfg. Leaves txn.status and, if the facade has answered them,
-- txn.token, txn.cookie and txn.sign_in. Sets the headers that say who it is.

-- The application's host. haproxy-forward-auth.cfg refuses all others.
local HOST = "portfolio.example.com"

local FROM_THE_FACADE = {
    "x-auth-request-user",
    "x-auth-request-email",
    "x-auth-request-preferred-username",
    "x-auth-request-groups",
    "x-auth-request-provider",
}

local function first(headers, name)
    local values = headers and headers[name]
    return values and values[0]
end

local function keep(txn, variable, value)
    if value and value ~= "" then
        txn:set_var(variable, value)
    end
end

local function ask(txn, address)
    local asked = {
        ["host"] = { HOST },
        ["x-forward-auth-secret"] = { txn:get_var("txn.secret") },
        ["x-original-url"] = { "https://" .. HOST .. txn.sf:pathq() },
        ["x-forwarded-method"] = { txn.sf:method() },
    }
    local sent = txn.http:req_get_headers()
    for _, name in ipairs({
        "cookie", "accept", "accept-language", "user-agent", "origin", "referer",
        "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "sec-fetch-user",
        "x-forwarded-proto", "x-forwarded-port", "x-forwarded-for", "x-forwarded-host",
    }) do
        if sent[name] then
            asked[name] = { sent[name][0] }
        end
    end

    local answer = core.httpclient():get({ url = address, headers = asked, timeout = 5000 })
    keep(txn, "txn.cookie", first(answer.headers, "set-cookie"))
    keep(txn, "txn.sign_in", first(answer.headers, "x-auth-request-redirect"))
    if answer.status == 200 then
        keep(txn, "txn.token", first(answer.headers, "authorization"))
        for _, name in ipairs(FROM_THE_FACADE) do
            txn.http:req_set_header(name, first(answer.headers, name) or "")
        end
    end
    -- Last, since nobody passes if anything before has failed. Without an answer it is 0.
    txn:set_var("txn.status", tostring(answer.status or 0))
end

core.register_action("forward_auth", { "http-req" }, function(txn, address)
    -- What a browser sends may have no room in the question.
    local done, problem = pcall(ask, txn, address)
    if not done then
        txn:set_var("txn.status", "0")
        txn:Err("The facade could not be asked: " .. tostring(problem))
    end
end, 1)

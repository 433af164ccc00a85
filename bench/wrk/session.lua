-- Sends one Cookie header after the other, again and again: one per line of the file that the first argument names.
-- Further arguments are the names and values of other headers. The requests are made once, before the clock starts.

local requests = {}
local next = 0

function init(args)
  for line in io.lines(args[1]) do
    local headers = { ["Cookie"] = line }
    for i = 2, #args, 2 do
      headers[args[i]] = args[i + 1]
    end
    requests[#requests + 1] = wrk.format("GET", nil, headers)
  end
end

function request()
  next = next % #requests + 1
  return requests[next]
end

function done(summary)
  local errors = summary.errors
  io.write(string.format(
    "RESULT requests=%d bytes=%d microseconds=%d refused=%d broken=%d\n",
    summary.requests, summary.bytes, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end

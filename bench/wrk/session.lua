-- Sends one Cookie header after the other, again and again: one per line of the file that the first argument names.
-- The requests are made once, before the clock starts.

local requests = {}
local next = 0

function init(args)
  for line in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", nil, { ["Cookie"] = line })
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

-- Asks for the addresses of a file (named by ADDRESSES), one after the other, and prints what benchmarks/plain.py reads.
local addresses = {}
for line in io.lines(os.getenv("ADDRESSES")) do addresses[#addresses + 1] = line end
local asked = 0

request = function()
  asked = asked + 1
  return wrk.format("GET", addresses[(asked - 1) % #addresses + 1])
end

done = function(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("FOUND %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(95), failed))
end

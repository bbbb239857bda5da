-- Requests for wrk, each for a random user with that user's own token.
-- Arguments: work file tasks users ids seed
--   work   list | get | create | toggle | mix | fixed
--   file   lines "user token"; for `fixed` lines "path token etag", with - for no ETag
--   tasks  number of tasks per user
--   users  number of users
--   ids    own: task ids count per user | global: over all users, alternating
--   seed   the same for every server in a round, so that all get the same requests
local work, tasks, users, ids
local entries = {}
local random = math.random

local title = "Buy milk and bread, then call home"
local description = "A description of ordinary length for a task, about eighty characters long."
local body = string.format('{"title":"%s","description":"%s"}', title, description)

local function headers(token, etag)
  local lines = " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " .. token .. "\r\n"
  if etag and etag ~= "-" then lines = lines .. "If-None-Match: " .. etag .. "\r\n" end
  return lines
end

function init(args)
  work, tasks, users, ids = args[1], tonumber(args[3]), tonumber(args[4]), args[5]
  math.randomseed(tonumber(args[6]))
  for line in io.lines(args[2]) do
    local first, token, etag = line:match("^(%S+) (%S+) ?(%S*)$")
    local path = work == "fixed" and first or "/api/" .. first .. "/tasks"
    entries[#entries + 1] = { path = path, rest = headers(token, etag ~= "" and etag or nil) }
  end
end

local function idFor(user)
  local n = random(tasks)
  return ids == "own" and n or (n - 1) * users + user
end

local requests = {}
function requests.list(e) return "GET " .. e.path .. "?limit=20" .. e.rest .. "\r\n" end
function requests.fixed(e) return "GET " .. e.path .. e.rest .. "\r\n" end
function requests.get(e, user) return "GET " .. e.path .. "/" .. idFor(user) .. e.rest .. "\r\n" end
function requests.toggle(e, user) return "PATCH " .. e.path .. "/" .. idFor(user) .. "/complete" .. e.rest .. "\r\n" end
function requests.create(e)
  return "POST " .. e.path .. e.rest .. "Content-Type: application/json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end
function requests.mix(e, user)
  local dice = random(100)
  local kind = dice <= 50 and "list" or dice <= 75 and "get" or dice <= 90 and "toggle" or "create"
  return requests[kind](e, user)
end

function request()
  local user = random(#entries)
  return requests[work](entries[user], user)
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"microseconds":%d,"bytes":%d,"badStatus":%d,"socketErrors":%d,"timeouts":%d,"p50":%d,"p99":%d,"max":%d}\n',
    summary.requests, summary.duration, summary.bytes, e.status, e.connect + e.read + e.write, e.timeout,
    latency:percentile(50), latency:percentile(99), latency.max))
end

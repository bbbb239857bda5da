-- Requests for wrk, each for a random user with that user's own token.
-- Arguments: work file tasks users ids seed mix
--   work   list | pending | get | create | toggle | mix | simple-mix | fixed
--   file   lines "user token cursor"; for `fixed` lines "path token etag", with - for no cursor or ETag
--   tasks  number of tasks per user
--   users  number of users
--   ids    own: task ids count per user | global: over all users, alternating
--   seed   the same for every server in a round, so that all get the same requests
--   mix    for mixes, of a hundred requests how many are of which kind: list=50,get=25,…
local work, tasks, users, ids
local entries = {}
local kinds = {}
local random = math.random

local title = "Buy milk and bread, then call home"
local description = "A description of ordinary length for a task, about eighty characters long."
local body = string.format('{"title":"%s","description":"%s"}', title, description)

local function headers(token, etag)
  local lines = " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " .. token .. "\r\n"
  if etag then lines = lines .. "If-None-Match: " .. etag .. "\r\n" end
  return lines
end

function init(args)
  work, tasks, users, ids = args[1], tonumber(args[3]), tonumber(args[4]), args[5]
  math.randomseed(tonumber(args[6]))
  for line in io.lines(args[2]) do
    local first, token, third = line:match("^(%S+) (%S+) (%S+)$")
    local last = third ~= "-" and third or nil
    if work == "fixed" then entries[#entries + 1] = { path = first, rest = headers(token, last) }
    else entries[#entries + 1] = { path = "/api/" .. first .. "/tasks", rest = headers(token), cursor = last } end
  end
  for kind, share in args[7]:gmatch("(%l+)=(%d+)") do
    for _ = 1, tonumber(share) do kinds[#kinds + 1] = kind end
  end
end

local function idFor(user)
  local n = random(tasks)
  return ids == "own" and n or (n - 1) * users + user
end

local requests = {}
function requests.list(e) return "GET " .. e.path .. "?limit=20" .. e.rest .. "\r\n" end
function requests.pending(e) return "GET " .. e.path .. "?limit=20&status=pending&sort=due_date" .. e.rest .. "\r\n" end
-- A front end reads the list again where there is no feed of changes.
function requests.changes(e)
  if not e.cursor then return requests.list(e) end
  return "GET " .. e.path .. "/changes?limit=20&since=" .. e.cursor .. e.rest .. "\r\n"
end
function requests.fixed(e) return "GET " .. e.path .. e.rest .. "\r\n" end
function requests.get(e, user) return "GET " .. e.path .. "/" .. idFor(user) .. e.rest .. "\r\n" end
function requests.toggle(e, user) return "PATCH " .. e.path .. "/" .. idFor(user) .. "/complete" .. e.rest .. "\r\n" end
function requests.create(e)
  return "POST " .. e.path .. e.rest .. "Content-Type: application/json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

function request()
  local user = random(#entries)
  local kind = #kinds > 0 and kinds[random(#kinds)] or work
  return requests[kind](entries[user], user)
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"microseconds":%d,"bytes":%d,"badStatus":%d,"socketErrors":%d,"timeouts":%d,"p50":%d,"p99":%d,"max":%d}\n',
    summary.requests, summary.duration, summary.bytes, e.status, e.connect + e.read + e.write, e.timeout,
    latency:percentile(50), latency:percentile(99), latency.max))
end

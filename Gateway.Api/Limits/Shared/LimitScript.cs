namespace Gateway.Api.Limits.Shared;

/// <summary>
/// The rules of <see cref="ScopeState"/> and <see cref="SlidingWindow"/> in Lua: all that one replica has to ask and to say about one
/// place goes through in one atomic step. Time comes as an argument. Runs on redis-server, Valkey and Garnet.
/// </summary>
/// <remarks>
/// KEYS: the states (hash: scope → packed numbers; 0 and a replica's number → what was taken over from it), the holds (sorted set by expiry).
/// ARGV: one message of <see cref="LimitMessage"/>. Returns one record of <see cref="LimitReply"/> for each hold asked for.
/// </remarks>
internal static class LimitScript
{
    public const string Text = """
        local statesKey, holdsKey, input = KEYS[1], KEYS[2], ARGV[1]
        local unpackNumbers, pack, floor, max, sub = struct.unpack, struct.pack, math.floor, math.max, string.sub
        local STEPS, STEP, DAY, SWEEP, FORGET = 16, 4000, 86400000, 1000, 172800000
        -- A state: its head (last step, day, requests of that day, month, concurrent requests, requests and tokens in the window, spent that
        -- day and that month, held), then requests and tokens of each step. A message touches the last step mostly, so the others stay packed.
        local HEAD, SLOTS, SLOT, SLOTS_AT = '<I4I4I4I4I4ddddd', '<' .. string.rep('I4', 32), '<I4I4', 61
        local MOST = 4294967295
        -- A lease is at most this part of what is left of each limit, so that hardly anybody is refused for what others have leased and not used.
        local PART = 16

        -- 1. The message's head, and the scopes that it is about.
        local now, sequence, ttl, month, scopeCount, settleCount, renewCount, holdCount, at = unpackNumbers('<dddI4I2I2I2I2', input, 1)
        local replica = '\0' .. sub(input, at, at + 7)
        at = at + 8
        local step, day = floor(now / STEP), floor(now / DAY)
        local states, scopes, names, changed = {}, {}, { replica }, {}
        local newDay = false
        for i = 1, scopeCount do
          local length, name, rpm, rpd, tpm, concurrent, today, thisMonth
          length, at = unpackNumbers('<I1', input, at)
          name = sub(input, at, at + length - 1)
          rpm, rpd, tpm, concurrent, today, thisMonth, at = unpackNumbers('<I4I4I4I4dd', input, at + length)
          scopes[i] = { name = name, rpm = rpm, rpd = rpd, tpm = tpm, concurrent = concurrent, day = today, month = thisMonth }
          names[i + 1] = name
        end

        -- 2. Their states, moved on to now.
        local function slotsOf(s)
          local slots = s.slots
          if not slots then
            slots = { unpackNumbers(SLOTS, s.raw, SLOTS_AT) }
            local p = 2 * (s.step % STEPS)
            slots[p + 1], slots[p + 2] = s.stepRequests, s.stepTokens
            s.slots = slots
          end
          return slots
        end
        local function open(name, raw)
          if not raw then raw = string.rep('\0', 188) end
          local last, today, requestsToday, spendMonth, concurrent, requests, tokens, spentToday, spentMonth, held = unpackNumbers(HEAD, raw, 1)
          local s = {
            name = name, raw = raw, step = last, today = today, requestsToday = requestsToday, month = spendMonth, concurrent = concurrent,
            requests = requests, tokens = tokens, spentToday = spentToday, spentMonth = spentMonth, held = held, stepRequests = 0, stepTokens = 0,
          }
          s.stepRequests, s.stepTokens = unpackNumbers(SLOT, raw, SLOTS_AT + 8 * (last % STEPS))
          if step > last then
            local slots = slotsOf(s)
            for j = max(last + 1, step - STEPS + 1), step do
              local p = 2 * (j % STEPS)
              s.requests, s.tokens = s.requests - slots[p + 1], s.tokens - slots[p + 2]
              slots[p + 1], slots[p + 2] = 0, 0
            end
            s.step = step
          end
          if day > today then
            s.today, s.requestsToday, s.spentToday = day, 0, 0
            newDay = true
          end
          if month > spendMonth then s.month, s.spentMonth = month, 0 end
          states[name] = s
          return s
        end
        local raws = redis.call('HMGET', statesKey, unpack(names))
        for i = 1, scopeCount do
          local name = scopes[i].name
          scopes[i].state = states[name] or open(name, raws[i + 1])
        end
        local function stateOf(name)
          local s = states[name] or open(name, redis.call('HGET', statesKey, name))
          if not s.changed then
            s.changed = true
            changed[#changed + 1] = s
          end
          return s
        end
        local function within(number) return number < 0 and 0 or number > MOST and MOST or number end
        local function add(s, time, requests, tokens)
          local j = floor(time / STEP)
          if j >= s.step and not s.slots then
            local r, t = within(s.stepRequests + requests), within(s.stepTokens + tokens)
            s.requests, s.tokens = s.requests + r - s.stepRequests, s.tokens + t - s.stepTokens
            s.stepRequests, s.stepTokens = r, t
          elseif j > s.step - STEPS then
            local slots, p = slotsOf(s), 2 * ((j > s.step and s.step or j) % STEPS)
            local r, t = within(slots[p + 1] + requests), within(slots[p + 2] + tokens)
            s.requests, s.tokens = s.requests + r - slots[p + 1], s.tokens + t - slots[p + 2]
            slots[p + 1], slots[p + 2] = r, t
          end
        end

        -- 3. Ends: a hold's member says what it took and of whom.
        local function release(member, wasHeld, tokens, usd, unused, open, openTokens, openUsd)
          local time, _, _, heldTokens, heldUsd, heldMonth, _, slots, count, p = unpackNumbers('<dddddI4I4I4I1', member, 1)
          local heldDay = floor(time / DAY)
          if not wasHeld then heldTokens, heldUsd, slots, unused = 0, 0, 0, 0 end
          for _ = 1, count do
            local length
            length, p = unpackNumbers('<I1', member, p)
            local s = stateOf(sub(member, p, p + length - 1))
            p = p + length
            s.concurrent = max(0, s.concurrent - slots) + open
            s.held = max(0, s.held - heldUsd) + openUsd
            add(s, time, -unused, tokens + openTokens - heldTokens)
            if heldDay == s.today then
              s.spentToday = s.spentToday + usd
              s.requestsToday = max(0, s.requestsToday - unused)
            end
            if heldMonth == s.month then s.spentMonth = s.spentMonth + usd end
          end
        end
        local function member()
          local length
          length, at = unpackNumbers('<I2', input, at)
          at = at + length
          return sub(input, at - length, at - 1)
        end
        -- Of each replica the place remembers the last settlements taken over and the last sweep, and of those that are gone nothing.
        local done, swept = 0, 0
        if raws[1] then
          done, swept = unpackNumbers('<dd', raws[1], 1)
        else
          for _, name in ipairs(redis.call('HKEYS', statesKey)) do
            if string.byte(name) == 0 then
              local _, last = unpackNumbers('<dd', redis.call('HGET', statesKey, name), 1)
              if now - last > FORGET then redis.call('HDEL', statesKey, name) end
            end
          end
        end
        local isNews = settleCount > 0 and sequence > done
        for _ = 1, settleCount do
          local held, tokens, usd, unused, open = member()
          tokens, usd, unused, open, at = unpackNumbers('<dddd', input, at)
          local openTokens, openUsd = 0, 0
          for _ = 1, open do
            local successor = member()
            if isNews then
              local t, u = unpackNumbers('<dd', successor, 25)
              openTokens, openUsd = openTokens + t, openUsd + u
              redis.call('ZADD', holdsKey, now + ttl, successor)
            end
          end
          if isNews then release(held, redis.call('ZREM', holdsKey, held) == 1, tokens, usd, unused, open, openTokens, openUsd) end
        end
        for _ = 1, renewCount do
          local held = member()
          if redis.call('ZSCORE', holdsKey, held) then redis.call('ZADD', holdsKey, now + ttl, held) end
        end
        local hasSwept = false
        local function sweep()
          hasSwept = true
          local expired = redis.call('ZRANGEBYSCORE', holdsKey, '-inf', now, 'LIMIT', 0, 100)
          for i = 1, #expired do
            redis.call('ZREM', holdsKey, expired[i])
            release(expired[i], true, 0, 0, 0, 0, 0, 0)
          end
        end
        if now - swept >= SWEEP or settleCount + renewCount + holdCount == 0 then sweep() end

        -- 4. Holds, each with all that its scopes allow or not at all.
        local function wait(s, first, amount)
          local slots = slotsOf(s)
          for j = s.step - STEPS + 1, s.step do
            amount = amount - slots[first + 2 * (j % STEPS)]
            if amount <= 0 then return (j + STEPS) * STEP - now end
          end
          return STEPS * STEP
        end
        local function isOver(limit, spent, held, usd, known)
          if limit == 0 then return false end
          if known then return usd > 0 and spent + held + usd > limit end
          return spent + held >= limit
        end
        local function refusal(first, count, tokens, usd, known)
          for k = 0, count - 1 do
            local scope = scopes[string.byte(input, first + k) + 1]
            local s = scope.state
            local kind, limit, sum, pause = 0, 0, 0, 0
            if scope.rpm > 0 and s.requests + 1 > scope.rpm then
              kind, limit, sum, pause = 1, scope.rpm, s.requests, wait(s, 1, s.requests + 1 - scope.rpm)
            elseif scope.rpd > 0 and s.requestsToday + 1 > scope.rpd then
              kind, limit, sum = 2, scope.rpd, s.requestsToday
            elseif scope.tpm > 0 and s.tokens + tokens > scope.tpm then
              kind, limit, sum, pause = 3, scope.tpm, s.tokens, wait(s, 2, s.tokens + tokens - scope.tpm)
            elseif scope.concurrent > 0 and s.concurrent + 1 > scope.concurrent then
              kind, limit, sum = 4, scope.concurrent, s.concurrent
            elseif isOver(scope.day, s.spentToday, s.held, usd, known) then
              kind, limit, sum = 5, scope.day, s.spentToday
            elseif isOver(scope.month, s.spentMonth, s.held, usd, known) then
              kind, limit, sum = 6, scope.month, s.spentMonth
            end
            if kind > 0 then return pack('<I1I1I1I1ddddddd', kind, k, 0, 0, limit, sum, s.held, pause, 0, 0, 0) end
          end
        end
        local function leavesEnough(first, count, requests, slots, tokens, usd)
          for k = 0, count - 1 do
            local scope = scopes[string.byte(input, first + k) + 1]
            local s = scope.state
            if scope.rpm > 0 and s.requests + PART * requests > scope.rpm
              or scope.rpd > 0 and s.requestsToday + PART * requests > scope.rpd
              or scope.tpm > 0 and s.tokens + PART * tokens > scope.tpm
              or scope.concurrent > 0 and s.concurrent + PART * slots > scope.concurrent
              or scope.day > 0 and s.spentToday + s.held + PART * usd > scope.day
              or scope.month > 0 and s.spentMonth + s.held + PART * usd > scope.month then
              return false
            end
          end
          return true
        end
        local added, replies = {}, {}
        for i = 1, holdCount do
          local held = member()
          local tokens, usd, _, requests, slots = unpackNumbers('<ddI4I4I4', held, 25)
          local flags, count
          flags, count, at = unpackNumbers('<I1I1', input, at)
          local first, known, isLease = at, flags % 2 == 1, flags >= 2
          at = at + count
          local reply
          if isLease then
            if not leavesEnough(first, count, requests, slots, tokens, usd) then reply = pack('<I1I1I1I1ddddddd', 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) end
          else
            reply = refusal(first, count, tokens, usd, known)
            if reply and not hasSwept then
              -- Nobody is refused for what has expired.
              sweep()
              reply = refusal(first, count, tokens, usd, known)
            end
          end
          if not reply then
            local requestKind, requestLimit, requestsLeft, tokenLimit, tokensLeft = 0, 0, 0, 0, 0
            local budgetKind, budgetScope, budgetLimit, spent, heldUsd = 0, 0, 0, 0, 0
            for k = 0, count - 1 do
              local scope = scopes[string.byte(input, first + k) + 1]
              local s = stateOf(scope.name)
              add(s, now, requests, tokens)
              s.concurrent = s.concurrent + slots
              s.requestsToday = s.requestsToday + requests
              s.held = s.held + usd
              if scope.rpm > 0 then
                local left = scope.rpm - s.requests
                if requestLimit == 0 or left < requestsLeft then requestKind, requestLimit, requestsLeft = 1, scope.rpm, left end
              end
              if scope.rpd > 0 then
                local left = scope.rpd - s.requestsToday
                if requestLimit == 0 or left < requestsLeft then requestKind, requestLimit, requestsLeft = 2, scope.rpd, left end
              end
              if scope.tpm > 0 then
                local left = scope.tpm - s.tokens
                if tokenLimit == 0 or left < tokensLeft then tokenLimit, tokensLeft = scope.tpm, left end
              end
              if scope.day > 0 and (budgetLimit == 0 or s.spentToday / scope.day > spent / budgetLimit) then
                budgetKind, budgetScope, budgetLimit, spent, heldUsd = 5, k, scope.day, s.spentToday, s.held
              end
              if scope.month > 0 and (budgetLimit == 0 or s.spentMonth / scope.month > spent / budgetLimit) then
                budgetKind, budgetScope, budgetLimit, spent, heldUsd = 6, k, scope.month, s.spentMonth, s.held
              end
            end
            added[#added + 1] = now + ttl
            added[#added + 1] = held
            reply = pack('<I1I1I1I1ddddddd', 0, requestKind, budgetKind, budgetScope, requestLimit, requestsLeft, tokenLimit, tokensLeft, budgetLimit, spent, heldUsd)
          end
          replies[i] = reply
        end

        -- 5. What changed is kept; a place that nobody has asked for in 40 days is forgotten.
        if #added > 0 then redis.call('ZADD', holdsKey, unpack(added)) end
        local fields = {}
        for i = 1, #changed do
          local s = changed[i]
          local head = pack(HEAD, s.step, s.today, s.requestsToday, s.month, s.concurrent, s.requests, s.tokens, s.spentToday, s.spentMonth, s.held)
          fields[2 * i - 1] = s.name
          if s.slots then
            fields[2 * i] = head .. pack(SLOTS, unpack(s.slots, 1, 32))
          else
            local p = SLOTS_AT + 8 * (s.step % STEPS)
            fields[2 * i] = head .. sub(s.raw, SLOTS_AT, p - 1) .. pack(SLOT, s.stepRequests, s.stepTokens) .. sub(s.raw, p + 8)
          end
        end
        if isNews or hasSwept then
          fields[#fields + 1] = replica
          fields[#fields + 1] = pack('<dd', isNews and sequence or done, hasSwept and now or swept)
        end
        if #fields > 0 then redis.call('HSET', statesKey, unpack(fields)) end
        if newDay then redis.call('EXPIRE', statesKey, 3456000) end
        return table.concat(replies)
        """;
}

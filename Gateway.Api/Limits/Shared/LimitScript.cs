namespace Gateway.Api.Limits.Shared;

/// <summary>
/// The rules of <see cref="ScopeState"/> and <see cref="SlidingWindow"/> in Lua: all that one replica has to ask and to say about one
/// place goes through in one atomic step. Time comes as an argument. Runs on redis-server, Valkey and Garnet.
/// </summary>
/// <remarks>
/// KEYS: the states (hash: scope → packed numbers), the holds (sorted set by expiry), the last settlements taken over from this replica.
/// ARGV: one message of <see cref="LimitMessage"/>. Returns one record of <see cref="LimitReply"/> for each hold asked for.
/// </remarks>
internal static class LimitScript
{
    public const string Text = """
        local statesKey, holdsKey, doneKey, input = KEYS[1], KEYS[2], KEYS[3], ARGV[1]
        local unpackNumbers, pack, floor, max, sub = struct.unpack, struct.pack, math.floor, math.max, string.sub
        local STEPS, STEP, DAY = 16, 4000, 86400000
        -- 1: last step. 2-17: requests by step, their sum at -2 once it is known. 18-33: tokens by step, -18. Then what follows.
        local REQUESTS, TOKENS, CONCURRENT, TODAY, REQUESTS_TODAY, MONTH, SPENT_TODAY, SPENT_MONTH, HELD = 2, 18, 34, 35, 36, 37, 38, 39, 40
        local FORMAT = '<' .. string.rep('I4', 37) .. 'ddd'
        local MOST = 4294967295

        -- 1. The message's head, and the scopes that it is about.
        local now, sequence, ttl, month, scopeCount, settleCount, renewCount, holdCount, at = unpackNumbers('<dddI4I2I2I2I2', input, 1)
        local step, day = floor(now / STEP), floor(now / DAY)
        local states, changed, scopes, names, seen = {}, {}, {}, {}, {}
        local newDay = false
        for i = 1, scopeCount do
          local length
          length, at = unpackNumbers('<I1', input, at)
          local scope = { name = sub(input, at, at + length - 1) }
          at = at + length
          scope.rpm, scope.rpd, scope.tpm, scope.concurrent, scope.day, scope.month, at = unpackNumbers('<I4I4I4I4dd', input, at)
          scopes[i] = scope
          if not seen[scope.name] then
            seen[scope.name] = true
            names[#names + 1] = scope.name
          end
        end

        -- 2. Their states, moved on to now.
        local function open(name, raw)
          local s
          if raw then
            s = { unpackNumbers(FORMAT, raw) }
          else
            s = {}
            for i = 1, 40 do s[i] = 0 end
          end
          if step - s[1] >= STEPS then
            for i = 2, 33 do s[i] = 0 end
            s[1] = step
          elseif step > s[1] then
            for j = s[1] + 1, step do
              s[REQUESTS + j % STEPS] = 0
              s[TOKENS + j % STEPS] = 0
            end
            s[1] = step
          end
          if day > s[TODAY] then
            s[TODAY], s[REQUESTS_TODAY], s[SPENT_TODAY] = day, 0, 0
            newDay = true
          end
          if month > s[MONTH] then s[MONTH], s[SPENT_MONTH] = month, 0 end
          states[name] = s
          return s
        end
        if #names > 0 then
          local raws = redis.call('HMGET', statesKey, unpack(names))
          for i = 1, #names do open(names[i], raws[i]) end
        end
        local function change(name)
          changed[name] = true
          return states[name] or open(name, redis.call('HGET', statesKey, name))
        end
        local function add(s, first, time, amount)
          local j = floor(time / STEP)
          if j > s[1] then j = s[1] end
          if j > s[1] - STEPS then
            local p = first + j % STEPS
            local before, sum = s[p], s[p] + amount
            s[p] = sum < 0 and 0 or sum > MOST and MOST or sum
            if s[-first] then s[-first] = s[-first] + s[p] - before end
          end
        end

        -- 3. Ends: a hold's member says what it took and of whom.
        local function release(member, wasHeld, tokens, usd)
          local time, _, _, heldTokens, heldUsd, heldMonth, count, p = unpackNumbers('<dddddI4I1', member, 1)
          local heldDay = floor(time / DAY)
          for _ = 1, count do
            local length
            length, p = unpackNumbers('<I1', member, p)
            local s = change(sub(member, p, p + length - 1))
            p = p + length
            if wasHeld then
              s[CONCURRENT] = max(0, s[CONCURRENT] - 1)
              s[HELD] = max(0, s[HELD] - heldUsd)
              add(s, TOKENS, time, (tokens or heldTokens) - heldTokens)
            else
              add(s, TOKENS, time, tokens)
            end
            if heldDay == s[TODAY] then s[SPENT_TODAY] = s[SPENT_TODAY] + usd end
            if heldMonth == s[MONTH] then s[SPENT_MONTH] = s[SPENT_MONTH] + usd end
          end
        end
        local function member()
          local length
          length, at = unpackNumbers('<I2', input, at)
          at = at + length
          return sub(input, at - length, at - 1)
        end
        local done = settleCount > 0 and tonumber(redis.call('GET', doneKey) or '0') or 0
        for _ = 1, settleCount do
          local held, tokens, usd = member()
          tokens, usd, at = unpackNumbers('<dd', input, at)
          if sequence > done then release(held, redis.call('ZREM', holdsKey, held) == 1, tokens, usd) end
        end
        if settleCount > 0 and sequence > done then redis.call('SET', doneKey, string.format('%.0f', sequence), 'EX', 172800) end
        for _ = 1, renewCount do
          local held = member()
          if redis.call('ZSCORE', holdsKey, held) then redis.call('ZADD', holdsKey, now + ttl, held) end
        end
        local expired = redis.call('ZRANGEBYSCORE', holdsKey, '-inf', now, 'LIMIT', 0, 100)
        for i = 1, #expired do
          redis.call('ZREM', holdsKey, expired[i])
          release(expired[i], true, nil, 0)
        end

        -- 4. Holds, each with all that its scopes allow or not at all.
        local function used(s, first)
          local sum = s[-first]
          if not sum then
            sum = 0
            for i = first, first + STEPS - 1 do sum = sum + s[i] end
            s[-first] = sum
          end
          return sum
        end
        local function wait(s, first, amount)
          for j = s[1] - STEPS + 1, s[1] do
            amount = amount - s[first + j % STEPS]
            if amount <= 0 then return (j + STEPS) * STEP - now end
          end
          return STEPS * STEP
        end
        local function isOver(limit, spent, held, usd, known)
          if limit == 0 then return false end
          if known then return usd > 0 and spent + held + usd > limit end
          return spent + held >= limit
        end
        local added, replies = {}, {}
        for i = 1, holdCount do
          local held = member()
          local _, _, _, tokens, usd = unpackNumbers('<ddddd', held, 1)
          local known, count
          known, count, at = unpackNumbers('<I1I1', input, at)
          local first = at
          at = at + count
          local reply
          for k = 0, count - 1 do
            local scope = scopes[string.byte(input, first + k) + 1]
            local s = states[scope.name]
            local kind, limit, sum, pause = 0, 0, 0, 0
            if scope.rpm > 0 then
              sum = used(s, REQUESTS)
              if sum + 1 > scope.rpm then kind, limit, pause = 1, scope.rpm, wait(s, REQUESTS, sum + 1 - scope.rpm) end
            end
            if kind == 0 and scope.rpd > 0 and s[REQUESTS_TODAY] + 1 > scope.rpd then kind, limit, sum = 2, scope.rpd, s[REQUESTS_TODAY] end
            if kind == 0 and scope.tpm > 0 then
              sum = used(s, TOKENS)
              if sum + tokens > scope.tpm then kind, limit, pause = 3, scope.tpm, wait(s, TOKENS, sum + tokens - scope.tpm) end
            end
            if kind == 0 and scope.concurrent > 0 and s[CONCURRENT] + 1 > scope.concurrent then kind, limit, sum = 4, scope.concurrent, s[CONCURRENT] end
            if kind == 0 and isOver(scope.day, s[SPENT_TODAY], s[HELD], usd, known == 1) then kind, limit, sum = 5, scope.day, s[SPENT_TODAY] end
            if kind == 0 and isOver(scope.month, s[SPENT_MONTH], s[HELD], usd, known == 1) then kind, limit, sum = 6, scope.month, s[SPENT_MONTH] end
            if kind > 0 then
              reply = pack('<I1I1I1I1ddddddd', kind, k, 0, 0, limit, sum, s[HELD], pause, 0, 0, 0)
              break
            end
          end
          if not reply then
            local requestKind, requestLimit, requestsLeft, tokenLimit, tokensLeft = 0, 0, 0, 0, 0
            local budgetKind, budgetScope, budgetLimit, spent, heldUsd = 0, 0, 0, 0, 0
            for k = 0, count - 1 do
              local scope = scopes[string.byte(input, first + k) + 1]
              local s = change(scope.name)
              add(s, REQUESTS, now, 1)
              add(s, TOKENS, now, tokens)
              s[CONCURRENT] = s[CONCURRENT] + 1
              s[REQUESTS_TODAY] = s[REQUESTS_TODAY] + 1
              s[HELD] = s[HELD] + usd
              if scope.rpm > 0 then
                local left = scope.rpm - used(s, REQUESTS)
                if requestLimit == 0 or left < requestsLeft then requestKind, requestLimit, requestsLeft = 1, scope.rpm, left end
              end
              if scope.rpd > 0 then
                local left = scope.rpd - s[REQUESTS_TODAY]
                if requestLimit == 0 or left < requestsLeft then requestKind, requestLimit, requestsLeft = 2, scope.rpd, left end
              end
              if scope.tpm > 0 then
                local left = scope.tpm - used(s, TOKENS)
                if tokenLimit == 0 or left < tokensLeft then tokenLimit, tokensLeft = scope.tpm, left end
              end
              if scope.day > 0 and (budgetLimit == 0 or s[SPENT_TODAY] / scope.day > spent / budgetLimit) then
                budgetKind, budgetScope, budgetLimit, spent, heldUsd = 5, k, scope.day, s[SPENT_TODAY], s[HELD]
              end
              if scope.month > 0 and (budgetLimit == 0 or s[SPENT_MONTH] / scope.month > spent / budgetLimit) then
                budgetKind, budgetScope, budgetLimit, spent, heldUsd = 6, k, scope.month, s[SPENT_MONTH], s[HELD]
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
        for name in pairs(changed) do
          fields[#fields + 1] = name
          fields[#fields + 1] = pack(FORMAT, unpack(states[name], 1, 40))
        end
        if #fields > 0 then redis.call('HSET', statesKey, unpack(fields)) end
        if newDay then redis.call('EXPIRE', statesKey, 3456000) end
        return table.concat(replies)
        """;
}

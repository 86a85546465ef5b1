-- Posts the 41 indexes of the course application.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
function request()
  return wrk.format(nil, nil, nil, '{"index":"' .. math.random(0, 40) .. '"}')
end

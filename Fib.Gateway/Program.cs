using Fib.Gateway;
using Fib.ServiceDefaults;

return await ServiceProgram.RunAsync(args, () => GatewayApp.Build(args));

using Fib.Gateway;
using Fib.ServiceDefaults;

return await ServiceProgram.RunAsync(() => GatewayApp.Build(args));

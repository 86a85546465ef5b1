namespace Fib.Hosting.ElasticBeanstalk;

/// <summary>A configuration option of the Beanstalk environment (Elastic Beanstalk Developer Guide, "Configuration options").</summary>
internal sealed record OptionSetting(string Namespace, string Option, string Value);

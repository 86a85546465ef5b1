using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Fib.ServiceDefaults.Security;

/// <summary>
/// Discards the keys of data protection. Razor components and YARP add data protection, which writes a key to disk at start;
/// no service encrypts anything with it.
/// </summary>
internal sealed class EmptyKeyRepository : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [];

    public void StoreElement(XElement element, string friendlyName)
    {
    }

    public static void Configure(KeyManagementOptions options) =>
        (options.XmlRepository, options.XmlEncryptor) = (new EmptyKeyRepository(), new NullXmlEncryptor());
}

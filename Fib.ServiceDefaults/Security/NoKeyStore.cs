using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Fib.ServiceDefaults.Security;

/// <summary>Razor components and YARP bring data protection along, which writes a key to disk at the start. No service encrypts anything with it, so none is kept.</summary>
internal sealed class NoKeyStore : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [];

    public void StoreElement(XElement element, string friendlyName)
    {
    }

    public static void Use(KeyManagementOptions keys) => (keys.XmlRepository, keys.XmlEncryptor) = (new NoKeyStore(), new NullXmlEncryptor());
}

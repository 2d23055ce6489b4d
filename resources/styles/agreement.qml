<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis styleCategories="Symbology" version="3.22.0">
  <pipe>
    <provider>
      <resampling enabled="false" maxOversampling="2" zoomedInResamplingMethod="nearestNeighbour" zoomedOutResamplingMethod="nearestNeighbour"/>
    </provider>
    <rasterrenderer type="singlebandpseudocolor" band="1" alphaBand="-1" opacity="1" nodataColor="" classificationMin="-0.2" classificationMax="0.6">
      <minMaxOrigin>
        <limits>None</limits>
        <extent>WholeRaster</extent>
        <statAccuracy>Estimated</statAccuracy>
      </minMaxOrigin>
      <rastershader>
        <colorrampshader colorRampType="INTERPOLATED" classificationMode="1" clip="0" labelPrecision="3" minimumValue="-0.2" maximumValue="0.6">
          <item alpha="255" color="#b2182b" label="-0.2 contradicts the radar" value="-0.2"/>
          <item alpha="255" color="#ef8a62" label="0 as an image of another place" value="0"/>
          <item alpha="255" color="#f7f7f7" label="0.2 rarely reached by other places" value="0.2"/>
          <item alpha="255" color="#92c5de" label="0.3 as real images" value="0.3"/>
          <item alpha="255" color="#2166ac" label="0.6 better than most real images" value="0.6"/>
        </colorrampshader>
      </rastershader>
    </rasterrenderer>
    <brightnesscontrast brightness="0" contrast="0" gamma="1"/>
    <huesaturation colorizeOn="0" grayscaleMode="0" saturation="0" invertColors="0"/>
    <rasterresampler maxOversampling="2"/>
    <resamplingStage>resamplingFilter</resamplingStage>
  </pipe>
  <blendMode>0</blendMode>
</qgis>
